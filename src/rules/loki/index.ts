import type { Rule } from '../define-rule.ts';
import { retentionWithoutCompactor } from './retention-without-compactor.ts';
import { unmountedData } from './unmounted-data.ts';

/** The rules of this room. */
export const lokiRules: readonly Rule[] = [retentionWithoutCompactor, unmountedData];
