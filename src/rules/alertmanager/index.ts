import type { Rule } from '../define-rule.ts';
import { circularInhibition } from './circular-inhibition.ts';
import { invalidMatcher } from './faults.ts';
import { idleInhibition } from './idle-inhibition.ts';
import { invalidConfiguration } from './invalid-configuration.ts';
import { invalidTemplate } from './invalid-template.ts';
import { missingTemplate } from './missing-template.ts';
import { mutedForEver } from './muted-for-ever.ts';
import { placeholderAddress } from './placeholder-address.ts';
import { repeatUnderGroup } from './repeat-under-group.ts';
import { selfMuting } from './self-muting.ts';
import { undefinedReceiver } from './undefined-receiver.ts';
import { undefinedTemplate } from './undefined-template.ts';
import { unexpandedVariable } from './unexpanded-variable.ts';
import { ungroupedLabel } from './ungrouped-label.ts';
import { unknownField } from './unknown-field.ts';
import { unmatchedValue } from './unmatched-value.ts';
import { unreachableRoute } from './unreachable-route.ts';
import { unreachedReceiver } from './unreached-receiver.ts';
import { unroutedAlert } from './unrouted-alert.ts';
import { unroutedValue } from './unrouted-value.ts';
import { unsetAnnotation } from './unset-annotation.ts';
import { untakenRoute } from './untaken-route.ts';
import { unusedReceiver } from './unused-receiver.ts';
import { unusedTemplate } from './unused-template.ts';
import { vainEqual } from './vain-equal.ts';

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
  untakenRoute,
  unreachedReceiver,
  unroutedValue,
  unmatchedValue,
  circularInhibition,
  idleInhibition,
  vainEqual,
  mutedForEver,
  invalidConfiguration,
  invalidTemplate,
  undefinedTemplate,
  unusedTemplate,
  unknownField,
  ungroupedLabel,
  unsetAnnotation,
];
