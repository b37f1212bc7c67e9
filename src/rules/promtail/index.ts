import type { Rule } from '../define-rule.ts';
import { uncompilableStage } from './uncompilable-stage.ts';
import { unkeptPositions } from './unkept-positions.ts';
import { unknownClient } from './unknown-client.ts';
import { unmountedPath } from './unmounted-path.ts';

/** The rules of this room. */
export const promtailRules: readonly Rule[] = [unmountedPath, unknownClient, uncompilableStage, unkeptPositions];
