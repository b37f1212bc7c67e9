import type { Rule } from '../define-rule.ts';
import { absentHomeDashboard } from './absent-home-dashboard.ts';
import { apiWrapper } from './api-wrapper.ts';
import { duplicateDashboardUid } from './duplicate-dashboard-uid.ts';
import { duplicateDatasourceUid } from './duplicate-datasource-uid.ts';
import { duplicateTitle } from './duplicate-title.ts';
import { exportInputs } from './export-inputs.ts';
import { duplicateKey, unparsableIni } from './faults.ts';
import { knownPassword } from './known-password.ts';
import { longUid } from './long-uid.ts';
import { missingTitle } from './missing-title.ts';
import { secondDefault } from './second-default.ts';
import { unparsableQuery } from './unparsable-query.ts';
import { unprovisionedDatasource } from './unprovisioned-datasource.ts';
import { unreadProvisioningFile } from './unread-provisioning-file.ts';

/** The rules of this room. */
export const grafanaRules: readonly Rule[] = [
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
];
