import type { Rule } from '../define-rule.ts';
import { closedReceiver } from './closed-receiver.ts';
import { collidingLabel } from './colliding-label.ts';
import { deadTarget } from './dead-target.ts';
import { deprecatedFlag } from './deprecated-flag.ts';
import { duplicateJob } from './duplicate-job.ts';
import { duplicateTarget } from './duplicate-target.ts';
import { emptyJob } from './empty-job.ts';
import { exposedAdmin } from './exposed-admin.ts';
import { foreignMetaLabel } from './foreign-meta-label.ts';
import { incompleteProbe } from './incomplete-probe.ts';
import { invalidConfiguration } from './invalid-configuration.ts';
import { invalidFlag } from './invalid-flag.ts';
import { invalidRuleFile } from './invalid-rule-file.ts';
import { invalidTargetFile } from './invalid-target-file.ts';
import { lostConfiguration } from './lost-configuration.ts';
import { misaddressedAlertmanager } from './misaddressed-alertmanager.ts';
import { missingConfiguration } from './missing-configuration.ts';
import { missingRuleFile } from './missing-rule-file.ts';
import { missingTargetFile } from './missing-target-file.ts';
import { renamedPushes } from './renamed-pushes.ts';
import { retentionOverVolume } from './retention-over-volume.ts';
import { staleScrape } from './stale-scrape.ts';
import { timeoutOverInterval } from './timeout-over-interval.ts';
import { undialableTarget } from './undialable-target.ts';
import { unexpandedVariable } from './unexpanded-variable.ts';
import { unlistedRuleFile } from './unlisted-rule-file.ts';
import { unmountedFile } from './unmounted-file.ts';
import { unmountedSocket } from './unmounted-socket.ts';
import { unreachableAddress } from './unreachable-address.ts';
import { unreachablePort } from './unreachable-port.ts';
import { unsentAlerts } from './unsent-alerts.ts';
import { unservedEndpoint } from './unserved-endpoint.ts';

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
  unmountedFile,
  missingTargetFile,
  unmountedSocket,
  misaddressedAlertmanager,
  unservedEndpoint,
  incompleteProbe,
  renamedPushes,
  exposedAdmin,
  staleScrape,
  undialableTarget,
  emptyJob,
  foreignMetaLabel,
  unreachableAddress,
  closedReceiver,
  collidingLabel,
  retentionOverVolume,
];
