import type { Rule } from '../define-rule.ts';
import { absentPath } from './absent-path.ts';
import { duplicateCiKey, unparsableYaml, unresolvedCiInclude } from './faults.ts';
import { optionalGate } from './optional-gate.ts';
import { swallowedFailure } from './swallowed-failure.ts';

/** The rules of this room. */
export const ciRules: readonly Rule[] = [
  unparsableYaml,
  duplicateCiKey,
  unresolvedCiInclude,
  optionalGate,
  swallowedFailure,
  absentPath,
];
