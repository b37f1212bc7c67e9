import type { Rule } from '../define-rule.ts';
import { deadTarget } from './dead-target.ts';
import { deprecatedFlag } from './deprecated-flag.ts';
import { duplicateJob } from './duplicate-job.ts';
import { duplicateTarget } from './duplicate-target.ts';
import { invalidConfiguration } from './invalid-configuration.ts';
import { invalidFlag } from './invalid-flag.ts';
import { invalidRuleFile } from './invalid-rule-file.ts';
import { invalidTargetFile } from './invalid-target-file.ts';
import { lostConfiguration } from './lost-configuration.ts';
import { missingConfiguration } from './missing-configuration.ts';
import { missingRuleFile } from './missing-rule-file.ts';
import { timeoutOverInterval } from './timeout-over-interval.ts';
import { unexpandedVariable } from './unexpanded-variable.ts';
import { unlistedRuleFile } from './unlisted-rule-file.ts';
import { unreachablePort } from './unreachable-port.ts';
import { unsentAlerts } from './unsent-alerts.ts';

/** The rules of this room. */
export const prometheusRules: readonly Rule[] = [
  invalidConfiguration,
  invalidRuleFile,
  invalidTargetFile,
  deadTarget,
  duplicateJob,
  timeoutOverInterval,
  duplicateTarget,
  unreachablePort,
  missingRuleFile,
  unexpandedVariable,
  unlistedRuleFile,
  unsentAlerts,
  deprecatedFlag,
  invalidFlag,
  lostConfiguration,
  missingConfiguration,
];
