import type { Rule } from '../define-rule.ts';
import { invalidMatcher } from './faults.ts';
import { missingTemplate } from './missing-template.ts';
import { placeholderAddress } from './placeholder-address.ts';
import { repeatUnderGroup } from './repeat-under-group.ts';
import { selfMuting } from './self-muting.ts';
import { undefinedReceiver } from './undefined-receiver.ts';
import { unexpandedVariable } from './unexpanded-variable.ts';
import { unreachableRoute } from './unreachable-route.ts';
import { unroutedAlert } from './unrouted-alert.ts';
import { unusedReceiver } from './unused-receiver.ts';

/** The rules of this room. */
export const alertmanagerRules: readonly Rule[] = [
  invalidMatcher,
  missingTemplate,
  undefinedReceiver,
  unexpandedVariable,
  unroutedAlert,
  unusedReceiver,
  unreachableRoute,
  selfMuting,
  repeatUnderGroup,
  placeholderAddress,
];
