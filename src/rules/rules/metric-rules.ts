import type { Rule } from '../define-rule.ts';
import { absentLabel } from './absent-label.ts';
import { disabledCollector } from './disabled-collector.ts';
import { impossibleMatcher } from './impossible-matcher.ts';
import { lostBucket } from './lost-bucket.ts';
import { rawCounter } from './raw-counter.ts';
import { unfitFunction } from './unfit-function.ts';
import { unjoinableVectors } from './unjoinable-vectors.ts';
import { unproducedMetric } from './unproduced-metric.ts';

/** The rules about what a server stores, asked of rules. */
export const metricRules: readonly Rule[] = [
  absentLabel,
  disabledCollector,
  impossibleMatcher,
  lostBucket,
  rawCounter,
  unfitFunction,
  unjoinableVectors,
  unproducedMetric,
];
