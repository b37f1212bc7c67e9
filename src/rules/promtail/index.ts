import type { Rule } from '../define-rule.ts';
import { deadTimestamp } from './dead-timestamp.ts';
import { duplicateSource } from './duplicate-source.ts';
import { invalidConfiguration } from './invalid-configuration.ts';
import { invalidStage } from './invalid-stage.ts';
import { labelBudget } from './label-budget.ts';
import { lostJob } from './lost-job.ts';
import { missingPath } from './missing-path.ts';
import { sourcelessJob } from './sourceless-job.ts';
import { tenantlessClient } from './tenantless-client.ts';
import { unboundedLabel } from './unbounded-label.ts';
import { uncompilableStage } from './uncompilable-stage.ts';
import { unexpandedVariable } from './unexpanded-variable.ts';
import { unextractedName } from './unextracted-name.ts';
import { unkeptPositions } from './unkept-positions.ts';
import { unknownClient } from './unknown-client.ts';
import { unknownMetaLabel } from './unknown-meta-label.ts';
import { unmountedPath } from './unmounted-path.ts';
import { unreadStageKey } from './unread-stage-key.ts';
import { unusedReplacement } from './unused-replacement.ts';
import { wrongPushPath } from './wrong-push-path.ts';

/** The rules of this room. */
export const promtailRules: readonly Rule[] = [
  invalidConfiguration,
  unmountedPath,
  unknownClient,
  uncompilableStage,
  unkeptPositions,
  deadTimestamp,
  duplicateSource,
  invalidStage,
  labelBudget,
  lostJob,
  missingPath,
  sourcelessJob,
  tenantlessClient,
  unboundedLabel,
  unexpandedVariable,
  unextractedName,
  unknownMetaLabel,
  unreadStageKey,
  unusedReplacement,
  wrongPushPath,
];
