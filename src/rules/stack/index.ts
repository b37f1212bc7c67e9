import type { Rule } from '../define-rule.ts';
import { contestedClaim } from './contested-claim.ts';
import { divergingVersions } from './diverging-versions.ts';

/** The rules of this room. */
export const stackRules: readonly Rule[] = [contestedClaim, divergingVersions];
