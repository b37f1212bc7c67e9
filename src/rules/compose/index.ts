import type { Rule } from '../define-rule.ts';
import { dockerSocket } from './docker-socket.ts';
import { exposedPort } from './exposed-port.ts';
import { invalidInterpolation, unresolvedExtends, unresolvedInclude } from './faults.ts';
import { floatingImage } from './floating-image.ts';
import { hostNetwork } from './host-network.ts';
import { missingBindSource } from './missing-bind-source.ts';
import { pluginDownload } from './plugin-download.ts';
import { privilegedService } from './privileged-service.ts';
import { readOnlyData } from './read-only-data.ts';
import { unansweredCondition } from './unanswered-condition.ts';
import { uncheckedService } from './unchecked-service.ts';
import { undeclaredNetwork } from './undeclared-network.ts';
import { undeclaredVolume } from './undeclared-volume.ts';
import { undefinedVariable } from './undefined-variable.ts';
import { unlimitedService } from './unlimited-service.ts';
import { unusedVolume } from './unused-volume.ts';

/** The rules of this room. */
export const composeRules: readonly Rule[] = [
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
];
