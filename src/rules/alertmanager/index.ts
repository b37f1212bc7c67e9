import type { Rule } from '../define-rule.ts';
import { circularInhibition } from './circular-inhibition.ts';
import { deadAddress } from './dead-address.ts';
import { endlessMute } from './endless-mute.ts';
import { invalidMatcher } from './faults.ts';
import { idleInhibition } from './idle-inhibition.ts';
import { invalidConfiguration } from './invalid-configuration.ts';
import { invalidFlag } from './invalid-flag.ts';
import { invalidTemplate } from './invalid-template.ts';
import { missingSecretFile } from './missing-secret-file.ts';
import { missingTemplate } from './missing-template.ts';
import { mutedForEver } from './muted-for-ever.ts';
import { obsoleteMatcher } from './obsolete-matcher.ts';
import { placeholderAddress } from './placeholder-address.ts';
import { repeatOverRetention } from './repeat-over-retention.ts';
import { repeatUnderGroup } from './repeat-under-group.ts';
import { selfMuting } from './self-muting.ts';
import { undefinedReceiver } from './undefined-receiver.ts';
import { undefinedTemplate } from './undefined-template.ts';
import { unexpandedVariable } from './unexpanded-variable.ts';
import { ungroupedLabel } from './ungrouped-label.ts';
import { unknownField } from './unknown-field.ts';
import { unknownPeer } from './unknown-peer.ts';
import { unlinkedMessage } from './unlinked-message.ts';
import { unmatchedValue } from './unmatched-value.ts';
import { unreachableRoute } from './unreachable-route.ts';
import { unreachedReceiver } from './unreached-receiver.ts';
import { unroutedAlert } from './unrouted-alert.ts';
import { unroutedValue } from './unrouted-value.ts';
import { unsetAnnotation } from './unset-annotation.ts';
import { untakenRoute } from './untaken-route.ts';
import { untemplatedField } from './untemplated-field.ts';
import { unusedReceiver } from './unused-receiver.ts';
import { unusedTemplate } from './unused-template.ts';
import { unusedTimeInterval } from './unused-time-interval.ts';
import { vainEqual } from './vain-equal.ts';
import { waitOverInterval } from './wait-over-interval.ts';

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
  deadAddress,
  missingSecretFile,
  invalidFlag,
  waitOverInterval,
  repeatOverRetention,
  unusedTimeInterval,
  endlessMute,
  untemplatedField,
  unknownPeer,
  unlinkedMessage,
  obsoleteMatcher,
];
