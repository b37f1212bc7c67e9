import type { TreeFile } from '../../model/tree.ts';
import type { Draft } from '../draft.ts';
import { covers } from '../paths.ts';

/**
 * What is wrong with a step. `fault`: it cannot be carried out. `idle`: it finds nothing to do. `other-content`: its
 * target is there with other content. The last two are faults too, unless the plan as a whole changes nothing: then the
 * tree is the plan's own candidate, and they say that the step was carried out before.
 */
export interface StepProblem {
  readonly kind: 'fault' | 'idle' | 'other-content';
  readonly message: string;
  readonly hint?: string;
  /** The edit that is meant. */
  readonly edit?: number;
}

/** What a step changed, and what is wrong with it. */
export interface StepOutcome {
  readonly changed: readonly string[];
  readonly note?: string;
  readonly problems: readonly StepProblem[];
}

/** What a step sees. */
export interface StepContext {
  readonly draft: Draft;
  readonly index: number;
  /** The files before the first step. */
  readonly given: ReadonlyMap<string, TreeFile>;
  readonly planFiles: ReadonlyMap<string, Uint8Array>;
  /** Whether a later step takes a path away, or a folder above it. */
  readonly takenLater: (path: string) => boolean;
  /** Targets of steps that failed: what is missing there is no fault of its own. */
  readonly unclear: readonly string[];
}

/** An outcome that is one problem. */
export function stopped(kind: StepProblem['kind'], message: string, hint?: string): StepOutcome {
  return { changed: [], problems: [{ kind, message, ...(hint === undefined ? {} : { hint }) }] };
}

/** Whether a path's state is unclear because an earlier step failed. */
export function isUnclear(context: StepContext, path: string): boolean {
  return context.unclear.some((target) => covers(target, path) || covers(path, target));
}
