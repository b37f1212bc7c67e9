import type { Rule } from '../define-rule.ts';
import { absentEngine } from './absent-engine.ts';
import { absentPath } from './absent-path.ts';
import { absentProgram } from './absent-program.ts';
import { absentTemplate } from './absent-template.ts';
import { blindCheck } from './blind-check.ts';
import { deadChanges } from './dead-changes.ts';
import { deadRule } from './dead-rule.ts';
import { echoedSecret } from './echoed-secret.ts';
import { duplicateCiKey, unparsableYaml, unresolvedCiInclude } from './faults.ts';
import { floatingCiImage } from './floating-image.ts';
import { foreignFolder } from './foreign-folder.ts';
import { interruptibleDeployment } from './interruptible-deployment.ts';
import { invalidConfiguration } from './invalid-configuration.ts';
import { lostEvidence } from './lost-evidence.ts';
import { missingCheckout } from './missing-checkout.ts';
import { needCycle } from './need-cycle.ts';
import { optionalGate } from './optional-gate.ts';
import { remoteFailure } from './remote-failure.ts';
import { repeatedJob } from './repeated-job.ts';
import { swallowedFailure } from './swallowed-failure.ts';
import { undefinedStage } from './undefined-stage.ts';
import { unexecutableScript } from './unexecutable-script.ts';
import { unfitEntrypoint } from './unfit-entrypoint.ts';
import { ungatedDeployment } from './ungated-deployment.ts';
import { unmetNeed } from './unmet-need.ts';
import { unsentFile } from './unsent-file.ts';
import { unsetVariable } from './unset-variable.ts';
import { unsyncedDeletion } from './unsynced-deletion.ts';
import { untriggeredProof } from './untriggered-proof.ts';
import { unvalidatedCompose } from './unvalidated-compose.ts';
import { unwrittenReport } from './unwritten-report.ts';
/** The rules of this room. */
export const ciRules: readonly Rule[] = [
  unparsableYaml,
  duplicateCiKey,
  unresolvedCiInclude,
  absentTemplate,
  undefinedStage,
  unmetNeed,
  needCycle,
  optionalGate,
  ungatedDeployment,
  swallowedFailure,
  absentPath,
  invalidConfiguration,
  unfitEntrypoint,
  absentProgram,
  floatingCiImage,
  deadChanges,
  untriggeredProof,
  unexecutableScript,
  unwrittenReport,
  unsyncedDeletion,
  unvalidatedCompose,
  echoedSecret,
  blindCheck,
  unsentFile,
  remoteFailure,
  interruptibleDeployment,
  absentEngine,
  deadRule,
  lostEvidence,
  missingCheckout,
  repeatedJob,
  unsetVariable,
  foreignFolder,
];
