import { alertmanagerRules } from './alertmanager/index.ts';
import { ciRules } from './ci/index.ts';
import { composeRules } from './compose/index.ts';
import type { Rule } from './define-rule.ts';
import { grafanaRules } from './grafana/index.ts';
import { lokiRules } from './loki/index.ts';
import { prometheusRules } from './prometheus/index.ts';
import { promtailRules } from './promtail/index.ts';
import { repoRules } from './repo/index.ts';
import { rulesRules } from './rules/index.ts';
import { stackRules } from './stack/index.ts';

/** Every rule, in the order of the rooms. */
export const rules: readonly Rule[] = [
  ...composeRules,
  ...prometheusRules,
  ...rulesRules,
  ...alertmanagerRules,
  ...grafanaRules,
  ...lokiRules,
  ...promtailRules,
  ...ciRules,
  ...repoRules,
  ...stackRules,
];
