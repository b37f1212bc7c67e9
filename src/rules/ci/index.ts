import type { Rule } from '../define-rule.ts';
import { absentPath } from './absent-path.ts';
import { absentTemplate } from './absent-template.ts';
import { duplicateCiKey, unparsableYaml, unresolvedCiInclude } from './faults.ts';
import { needCycle } from './need-cycle.ts';
import { optionalGate } from './optional-gate.ts';
import { swallowedFailure } from './swallowed-failure.ts';
import { undefinedStage } from './undefined-stage.ts';
import { ungatedDeployment } from './ungated-deployment.ts';
import { unmetNeed } from './unmet-need.ts';

/** The rules of this room. */
export const ciRules: readonly Rule[] = [
  unparsableYaml,
  duplicateCiKey,
  unresolvedCiInclude,
  absentTemplate,
  undefinedStage,
  unmetNeed,
  needCycle,
  optionalGate,
  ungatedDeployment,
  swallowedFailure,
  absentPath,
];
