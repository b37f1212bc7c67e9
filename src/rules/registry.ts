import { duplicateCiKey, unparsableYaml, unresolvedCiInclude } from './ci/faults.ts';
import { optionalGate } from './ci/optional-gate.ts';
import { swallowedFailure } from './ci/swallowed-failure.ts';
import { floatingImage } from './compose/floating-image.ts';
import { missingBindSource } from './compose/missing-bind-source.ts';
import { privilegedService } from './compose/privileged-service.ts';
import { undefinedVariable } from './compose/undefined-variable.ts';
import { unlimitedService } from './compose/unlimited-service.ts';
import { unusedVolume } from './compose/unused-volume.ts';
import type { Rule } from './define-rule.ts';
import { duplicateDashboardUid } from './grafana/duplicate-dashboard-uid.ts';
import { duplicateKey, unparsableIni } from './grafana/faults.ts';
import { unparsableQuery } from './grafana/unparsable-query.ts';
import { unprovisionedDatasource } from './grafana/unprovisioned-datasource.ts';
import { unreadProvisioningFile } from './grafana/unread-provisioning-file.ts';
import { retentionWithoutCompactor } from './loki/retention-without-compactor.ts';
import { unkeptPositions } from './promtail/unkept-positions.ts';
import { unmountedPath } from './promtail/unmounted-path.ts';
import { expiredWaiver } from './repo/expired-waiver.ts';

/** Every rule, in the order of the rooms. */
export const rules: readonly Rule[] = [
  missingBindSource,
  unlimitedService,
  privilegedService,
  floatingImage,
  unusedVolume,
  undefinedVariable,
  unprovisionedDatasource,
  unreadProvisioningFile,
  unparsableQuery,
  duplicateDashboardUid,
  duplicateKey,
  unparsableIni,
  retentionWithoutCompactor,
  unmountedPath,
  unkeptPositions,
  unparsableYaml,
  duplicateCiKey,
  unresolvedCiInclude,
  optionalGate,
  swallowedFailure,
  expiredWaiver,
];
