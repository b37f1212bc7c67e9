import type { Rule } from '../define-rule.ts';
import { absentExternalLabel } from './absent-external-label.ts';
import { constantExpression } from './constant-expression.ts';
import { duplicateAlert } from './duplicate-alert.ts';
import { failingExpression } from './failing-expression.ts';
import { impossibleCondition } from './impossible-condition.ts';
import { invalidDuration } from './invalid-duration.ts';
import { invalidTemplate } from './invalid-template.ts';
import { lostLabel } from './lost-label.ts';
import { sameOperands } from './same-operands.ts';
import { shortWindow } from './short-window.ts';
import { unparsableExpression } from './unparsable-expression.ts';
import { unstableLabel } from './unstable-label.ts';

/** The rules of this room. */
export const rulesRules: readonly Rule[] = [
  invalidDuration,
  unparsableExpression,
  lostLabel,
  duplicateAlert,
  constantExpression,
  shortWindow,
  impossibleCondition,
  sameOperands,
  invalidTemplate,
  unstableLabel,
  absentExternalLabel,
  failingExpression,
];
