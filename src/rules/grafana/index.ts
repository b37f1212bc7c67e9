import type { Rule } from '../define-rule.ts';
import { absentDashboard } from './absent-dashboard.ts';
import { absentHomeDashboard } from './absent-home-dashboard.ts';
import { absentSourcePanel } from './absent-source-panel.ts';
import { alertDatasource } from './alert-datasource.ts';
import { angularPanel } from './angular-panel.ts';
import { apiWrapper } from './api-wrapper.ts';
import { browserHost } from './browser-host.ts';
import { circularVariable } from './circular-variable.ts';
import { contestedProvider } from './contested-provider.ts';
import { contradictoryDatasource } from './contradictory-datasource.ts';
import { deadDatasource } from './dead-datasource.ts';
import { directAccess } from './direct-access.ts';
import { duplicateDashboardUid } from './duplicate-dashboard-uid.ts';
import { duplicateDatasourceUid } from './duplicate-datasource-uid.ts';
import { duplicateTitle } from './duplicate-title.ts';
import { emptyVariable } from './empty-variable.ts';
import { exclusiveVariables } from './exclusive-variables.ts';
import { exportInputs } from './export-inputs.ts';
import { duplicateKey, unparsableIni } from './faults.ts';
import { foreignRedirect } from './foreign-redirect.ts';
import { foreignRootUrl } from './foreign-root-url.ts';
import { idleAlert } from './idle-alert.ts';
import { incompleteLogin } from './incomplete-login.ts';
import { insecureCookie } from './insecure-cookie.ts';
import { invalidSetting } from './invalid-setting.ts';
import { invalidUid } from './invalid-uid.ts';
import { knownKey } from './known-key.ts';
import { knownPassword } from './known-password.ts';
import { legacyNotifier } from './legacy-notifier.ts';
import { longInterval } from './long-interval.ts';
import { longUid } from './long-uid.ts';
import { lostCorrelation } from './lost-correlation.ts';
import { lostReceiver } from './lost-receiver.ts';
import { lostReference } from './lost-reference.ts';
import { metricRules } from './metric-rules.ts';
import { misplacedSecret } from './misplaced-secret.ts';
import { missingTitle } from './missing-title.ts';
import { newerDashboard } from './newer-dashboard.ts';
import { noLogin } from './no-login.ts';
import { openAnonymous } from './open-anonymous.ts';
import { overriddenSetting } from './overridden-setting.ts';
import { placeholderAddress } from './placeholder-address.ts';
import { querylessPanel } from './queryless-panel.ts';
import { rejectedAlert } from './rejected-alert.ts';
import { rejectedContactPoint } from './rejected-contact-point.ts';
import { rejectedProvisioning } from './rejected-provisioning.ts';
import { repeatedDatasource } from './repeated-datasource.ts';
import { repeatedName } from './repeated-name.ts';
import { secondDefault } from './second-default.ts';
import { shortRefresh } from './short-refresh.ts';
import { shortWindow } from './short-window.ts';
import { tenantlessDatasource } from './tenantless-datasource.ts';
import { twoAlertings } from './two-alertings.ts';
import { undefinedTemplate } from './undefined-template.ts';
import { undefinedVariable } from './undefined-variable.ts';
import { undeliveredAlert } from './undelivered-alert.ts';
import { uninstalledPlugin } from './uninstalled-plugin.ts';
import { unknownProvisioningKey } from './unknown-provisioning-key.ts';
import { unknownSetting } from './unknown-setting.ts';
import { unmountedProvider } from './unmounted-provider.ts';
import { unparsableAlert } from './unparsable-alert.ts';
import { unparsableQuery } from './unparsable-query.ts';
import { unprovisionedDatasource } from './unprovisioned-datasource.ts';
import { unreachableHost } from './unreachable-host.ts';
import { unreadProvisioningFile } from './unread-provisioning-file.ts';
import { unreducedCondition } from './unreduced-condition.ts';
import { unservedPath } from './unserved-path.ts';
import { unsetVariable } from './unset-variable.ts';
import { unshippedStream } from './unshipped-stream.ts';
import { unusedVariable } from './unused-variable.ts';

/** The rules of this room. */
export const grafanaRules: readonly Rule[] = [
  unprovisionedDatasource,
  exportInputs,
  ...metricRules,
  secondDefault,
  duplicateDatasourceUid,
  missingTitle,
  apiWrapper,
  longUid,
  duplicateTitle,
  absentHomeDashboard,
  absentSourcePanel,
  unreadProvisioningFile,
  unparsableQuery,
  duplicateDashboardUid,
  knownPassword,
  duplicateKey,
  unparsableIni,
  browserHost,
  deadDatasource,
  exclusiveVariables,
  foreignRedirect,
  foreignRootUrl,
  insecureCookie,
  invalidSetting,
  knownKey,
  noLogin,
  openAnonymous,
  overriddenSetting,
  twoAlertings,
  unknownSetting,
  unreachableHost,
  unsetVariable,
  angularPanel,
  contestedProvider,
  contradictoryDatasource,
  legacyNotifier,
  misplacedSecret,
  rejectedProvisioning,
  repeatedDatasource,
  uninstalledPlugin,
  unknownProvisioningKey,
  unmountedProvider,
  absentDashboard,
  circularVariable,
  emptyVariable,
  invalidUid,
  newerDashboard,
  querylessPanel,
  repeatedName,
  shortRefresh,
  undefinedVariable,
  unusedVariable,
  alertDatasource,
  lostReference,
  rejectedAlert,
  unreducedCondition,
  idleAlert,
  lostReceiver,
  rejectedContactPoint,
  undefinedTemplate,
  undeliveredAlert,
  unparsableAlert,
  directAccess,
  incompleteLogin,
  longInterval,
  lostCorrelation,
  placeholderAddress,
  unservedPath,
  shortWindow,
  tenantlessDatasource,
  unshippedStream,
];
