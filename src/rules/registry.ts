import { invalidMatcher } from './alertmanager/faults.ts';
import { missingTemplate } from './alertmanager/missing-template.ts';
import { placeholderAddress } from './alertmanager/placeholder-address.ts';
import { repeatUnderGroup } from './alertmanager/repeat-under-group.ts';
import { selfMuting } from './alertmanager/self-muting.ts';
import { undefinedReceiver } from './alertmanager/undefined-receiver.ts';
import { unexpandedVariable as unexpandedAlertmanagerVariable } from './alertmanager/unexpanded-variable.ts';
import { unreachableRoute } from './alertmanager/unreachable-route.ts';
import { unroutedAlert } from './alertmanager/unrouted-alert.ts';
import { unusedReceiver } from './alertmanager/unused-receiver.ts';
import { absentPath } from './ci/absent-path.ts';
import { duplicateCiKey, unparsableYaml, unresolvedCiInclude } from './ci/faults.ts';
import { optionalGate } from './ci/optional-gate.ts';
import { swallowedFailure } from './ci/swallowed-failure.ts';
import { dockerSocket } from './compose/docker-socket.ts';
import { exposedPort } from './compose/exposed-port.ts';
import { invalidInterpolation, unresolvedExtends, unresolvedInclude } from './compose/faults.ts';
import { floatingImage } from './compose/floating-image.ts';
import { hostNetwork } from './compose/host-network.ts';
import { missingBindSource } from './compose/missing-bind-source.ts';
import { pluginDownload } from './compose/plugin-download.ts';
import { privilegedService } from './compose/privileged-service.ts';
import { readOnlyData } from './compose/read-only-data.ts';
import { unansweredCondition } from './compose/unanswered-condition.ts';
import { uncheckedService } from './compose/unchecked-service.ts';
import { undeclaredNetwork } from './compose/undeclared-network.ts';
import { undeclaredVolume } from './compose/undeclared-volume.ts';
import { undefinedVariable } from './compose/undefined-variable.ts';
import { unlimitedService } from './compose/unlimited-service.ts';
import { unusedVolume } from './compose/unused-volume.ts';
import type { Rule } from './define-rule.ts';
import { absentHomeDashboard } from './grafana/absent-home-dashboard.ts';
import { apiWrapper } from './grafana/api-wrapper.ts';
import { duplicateDashboardUid } from './grafana/duplicate-dashboard-uid.ts';
import { duplicateDatasourceUid } from './grafana/duplicate-datasource-uid.ts';
import { duplicateTitle } from './grafana/duplicate-title.ts';
import { exportInputs } from './grafana/export-inputs.ts';
import { duplicateKey, unparsableIni } from './grafana/faults.ts';
import { knownPassword } from './grafana/known-password.ts';
import { longUid } from './grafana/long-uid.ts';
import { missingTitle } from './grafana/missing-title.ts';
import { secondDefault } from './grafana/second-default.ts';
import { unparsableQuery } from './grafana/unparsable-query.ts';
import { unprovisionedDatasource } from './grafana/unprovisioned-datasource.ts';
import { unreadProvisioningFile } from './grafana/unread-provisioning-file.ts';
import { retentionWithoutCompactor } from './loki/retention-without-compactor.ts';
import { unmountedData } from './loki/unmounted-data.ts';
import { deadTarget } from './prometheus/dead-target.ts';
import { duplicateJob } from './prometheus/duplicate-job.ts';
import { duplicateTarget } from './prometheus/duplicate-target.ts';
import { missingRuleFile } from './prometheus/missing-rule-file.ts';
import { timeoutOverInterval } from './prometheus/timeout-over-interval.ts';
import { unexpandedVariable as unexpandedPrometheusVariable } from './prometheus/unexpanded-variable.ts';
import { unlistedRuleFile } from './prometheus/unlisted-rule-file.ts';
import { unreachablePort } from './prometheus/unreachable-port.ts';
import { unsentAlerts } from './prometheus/unsent-alerts.ts';
import { uncompilableStage } from './promtail/uncompilable-stage.ts';
import { unkeptPositions } from './promtail/unkept-positions.ts';
import { unknownClient } from './promtail/unknown-client.ts';
import { unmountedPath } from './promtail/unmounted-path.ts';
import { backupOfUnknownVolume } from './repo/backup-of-unknown-volume.ts';
import { expiredWaiver } from './repo/expired-waiver.ts';
import { binaryConfiguration, unexpectedShape, unparsableRepoJson, unparsableRepoYaml } from './repo/faults.ts';
import { literalSecret } from './repo/literal-secret.ts';
import { referenceToRemovedPath } from './repo/reference-to-removed-path.ts';
import { constantExpression } from './rules/constant-expression.ts';
import { duplicateAlert } from './rules/duplicate-alert.ts';
import { invalidDuration } from './rules/invalid-duration.ts';
import { lostLabel } from './rules/lost-label.ts';
import { shortWindow } from './rules/short-window.ts';
import { unparsableExpression } from './rules/unparsable-expression.ts';
import { contestedClaim } from './stack/contested-claim.ts';

/** Every rule, in the order of the rooms. */
export const rules: readonly Rule[] = [
  missingBindSource,
  unlimitedService,
  privilegedService,
  floatingImage,
  unusedVolume,
  unansweredCondition,
  undeclaredVolume,
  undeclaredNetwork,
  hostNetwork,
  dockerSocket,
  exposedPort,
  uncheckedService,
  pluginDownload,
  readOnlyData,
  undefinedVariable,
  unresolvedInclude,
  unresolvedExtends,
  invalidInterpolation,
  deadTarget,
  duplicateJob,
  timeoutOverInterval,
  duplicateTarget,
  unreachablePort,
  missingRuleFile,
  unexpandedPrometheusVariable,
  unlistedRuleFile,
  unsentAlerts,
  invalidDuration,
  unparsableExpression,
  lostLabel,
  duplicateAlert,
  constantExpression,
  shortWindow,
  invalidMatcher,
  missingTemplate,
  undefinedReceiver,
  unexpandedAlertmanagerVariable,
  unroutedAlert,
  unusedReceiver,
  unreachableRoute,
  selfMuting,
  repeatUnderGroup,
  placeholderAddress,
  unprovisionedDatasource,
  exportInputs,
  secondDefault,
  duplicateDatasourceUid,
  missingTitle,
  apiWrapper,
  longUid,
  duplicateTitle,
  absentHomeDashboard,
  unreadProvisioningFile,
  unparsableQuery,
  duplicateDashboardUid,
  knownPassword,
  duplicateKey,
  unparsableIni,
  retentionWithoutCompactor,
  unmountedData,
  unmountedPath,
  unknownClient,
  uncompilableStage,
  unkeptPositions,
  unparsableYaml,
  duplicateCiKey,
  unresolvedCiInclude,
  optionalGate,
  swallowedFailure,
  absentPath,
  literalSecret,
  referenceToRemovedPath,
  backupOfUnknownVolume,
  expiredWaiver,
  contestedClaim,
  unparsableRepoYaml,
  unparsableRepoJson,
  unexpectedShape,
  binaryConfiguration,
];
