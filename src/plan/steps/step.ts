import type { StepState } from '../../model/plan.ts';
import type { TreeFile } from '../../model/tree.ts';
import type { Draft } from '../draft.ts';
import { covers } from '../paths.ts';

/**
 * What is wrong with a step. `fault`: it cannot be carried out. `idle`: what it would take is not there, and nothing
 * shows that it ever was; a fault, unless the plan as a whole changes nothing, for then the tree is its own candidate.
 * `other-content`: its target is there with other content; a fault, unless the plan leaves the target as it found it.
 */
export interface StepProblem {
  readonly kind: 'fault' | 'idle' | 'other-content';
  readonly message: string;
  readonly hint?: string;
  /** The edit that is meant. */
  readonly edit?: number;
  /** Of `other-content`: the target. */
  readonly path?: string;
}

/** What a step changed, and what is wrong with it. */
export interface StepOutcome {
  readonly changed: readonly string[];
  readonly note?: string;
  /** Where it is left out, the step was made. */
  readonly state?: StepState;
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
  /** Targets of steps that were left out: what is missing there is left out too. */
  readonly leftOut: readonly string[];
  /** Sources of steps that were carried out before: there was something there once. */
  readonly emptied: readonly string[];
}

/** An outcome that is one problem. */
export function stopped(kind: StepProblem['kind'], message: string, hint?: string): StepOutcome {
  return { changed: [], problems: [{ kind, message, ...(hint === undefined ? {} : { hint }) }] };
}

/** Whether a path's state is unclear because an earlier step failed. */
export function isUnclear(context: StepContext, path: string): boolean {
  return context.unclear.some((target) => covers(target, path) || covers(path, target));
}

/** Whether nothing is at a path because the step that would have put it there was left out. */
export function isLeftOut(context: StepContext, path: string): boolean {
  return context.leftOut.some((target) => covers(target, path));
}

/** An outcome that was there before the step. */
export function doneBefore(): StepOutcome {
  return { changed: [], problems: [], state: 'done before', note: 'already done' };
}

/** An outcome of a step that may find nothing, and found nothing. */
export function leftOut(message: string): StepOutcome {
  return { changed: [], problems: [], state: 'left out', note: `left out: ${message}` };
}
