import type { Rule } from '../define-rule.ts';
import { absentProgram } from './absent-program.ts';
import { blockedMount } from './blocked-mount.ts';
import { conflictingOptions } from './conflicting-options.ts';
import { dependencyCycle } from './dependency-cycle.ts';
import { dockerSocket } from './docker-socket.ts';
import { doubtfulCheck } from './doubtful-check.ts';
import { droppedCapability } from './dropped-capability.ts';
import { exposedPort } from './exposed-port.ts';
import { invalidInterpolation, unresolvedExtends, unresolvedInclude } from './faults.ts';
import { floatingImage } from './floating-image.ts';
import { gainingPrivileges } from './gaining-privileges.ts';
import { hostNamespace } from './host-namespace.ts';
import { hostNetwork } from './host-network.ts';
import { idlePort } from './idle-port.ts';
import { ignoredReservation } from './ignored-reservation.ts';
import { imagelessService } from './imageless-service.ts';
import { impossibleAddress } from './impossible-address.ts';
import { impossibleLimit } from './impossible-limit.ts';
import { invalidConfiguration } from './invalid-configuration.ts';
import { invalidPort } from './invalid-port.ts';
import { lostVariable } from './lost-variable.ts';
import { missingBindSource } from './missing-bind-source.ts';
import { missingEnvFile } from './missing-env-file.ts';
import { missingHostMount } from './missing-host-mount.ts';
import { obsoleteOption } from './obsolete-option.ts';
import { overriddenMount } from './overridden-mount.ts';
import { pluginDownload } from './plugin-download.ts';
import { powerfulCapability } from './powerful-capability.ts';
import { privilegedService } from './privileged-service.ts';
import { readOnlyData } from './read-only-data.ts';
import { repeatedProgram } from './repeated-program.ts';
import { rootUser } from './root-user.ts';
import { smallMemory } from './small-memory.ts';
import { unansweredCondition } from './unanswered-condition.ts';
import { unawaitedDependency } from './unawaited-dependency.ts';
import { uncheckedService } from './unchecked-service.ts';
import { undeclaredNetwork } from './undeclared-network.ts';
import { undeclaredSecret } from './undeclared-secret.ts';
import { undeclaredVolume } from './undeclared-volume.ts';
import { undefinedDependency } from './undefined-dependency.ts';
import { undefinedVariable } from './undefined-variable.ts';
import { unkeptData } from './unkept-data.ts';
import { unlimitedService } from './unlimited-service.ts';
import { unreservedService } from './unreserved-service.ts';
import { unrotatedLogs } from './unrotated-logs.ts';
import { unsupervisedService } from './unsupervised-service.ts';
import { unusedVolume } from './unused-volume.ts';
import { unwritableData } from './unwritable-data.ts';
import { vacuousCheck } from './vacuous-check.ts';
import { volumeDevice } from './volume-device.ts';
import { writableRoot } from './writable-root.ts';
import { wrongCheck } from './wrong-check.ts';
import { wrongKindSource } from './wrong-kind-source.ts';

/** The rules of this room. */
export const composeRules: readonly Rule[] = [
  invalidConfiguration,
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
  droppedCapability,
  exposedPort,
  uncheckedService,
  pluginDownload,
  readOnlyData,
  undefinedVariable,
  blockedMount,
  conflictingOptions,
  dependencyCycle,
  imagelessService,
  impossibleAddress,
  impossibleLimit,
  invalidPort,
  lostVariable,
  missingEnvFile,
  overriddenMount,
  undeclaredSecret,
  undefinedDependency,
  wrongKindSource,
  absentProgram,
  wrongCheck,
  vacuousCheck,
  rootUser,
  unkeptData,
  unwritableData,
  missingHostMount,
  repeatedProgram,
  smallMemory,
  unsupervisedService,
  unrotatedLogs,
  gainingPrivileges,
  writableRoot,
  unreservedService,
  ignoredReservation,
  unawaitedDependency,
  hostNamespace,
  powerfulCapability,
  volumeDevice,
  obsoleteOption,
  doubtfulCheck,
  unresolvedInclude,
  unresolvedExtends,
  invalidInterpolation,
  idlePort,
];
