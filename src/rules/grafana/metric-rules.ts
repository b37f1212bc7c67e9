import type { Rule } from '../define-rule.ts';
import { absentLabel } from './absent-label.ts';
import { datalessAlert } from './dataless-alert.ts';
import { disabledCollector } from './disabled-collector.ts';
import { impossibleMatcher } from './impossible-matcher.ts';
import { lostBucket } from './lost-bucket.ts';
import { unfitFunction } from './unfit-function.ts';
import { unjoinableVectors } from './unjoinable-vectors.ts';
import { unproducedMetric } from './unproduced-metric.ts';
import { valuelessVariable } from './valueless-variable.ts';

/** The rules about what a server stores, asked of queries of dashboards. */
export const metricRules: readonly Rule[] = [
  absentLabel,
  datalessAlert,
  disabledCollector,
  impossibleMatcher,
  lostBucket,
  unfitFunction,
  unjoinableVectors,
  unproducedMetric,
  valuelessVariable,
];
