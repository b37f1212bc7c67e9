import type { Rule } from './define-rule.ts';
import { expiredWaiver } from './repo/expired-waiver.ts';

/** Every rule, in the order of the rooms. */
export const rules: readonly Rule[] = [expiredWaiver];
