/** One durable step: what is on disk once it is done, and where the repository stands if the run ends right there. */
export interface DurableStep {
  readonly name: string;
  readonly what: string;
  /** What git's refs say from here on: the state before, or the state after. */
  readonly refs: 'before' | 'after';
}

/**
 * Every durable step of apply and rollback, in order; their numbers are their places here, counted from 1. The branch
 * moves in one of them: up to it the repository is in the state before, from it on in the state after. `stage`, `file`
 * and `index` happen only where the branch is checked out, `file` once for each file that changes.
 */
export const durableSteps = [
  { name: 'lock', what: 'the lock names this run', refs: 'before' },
  { name: 'objects', what: "the candidate's files and folders are in the object store", refs: 'before' },
  { name: 'commit', what: 'the commit is in the object store; nothing points at it', refs: 'before' },
  { name: 'stage', what: 'the new files lie ready in the git folder', refs: 'before' },
  { name: 'journal', what: 'the journal says what is about to happen', refs: 'before' },
  { name: 'branch', what: 'the branch has moved by compare-and-swap', refs: 'after' },
  { name: 'file', what: 'one file of the work tree is replaced or gone', refs: 'after' },
  { name: 'index', what: "the work tree's index is replaced", refs: 'after' },
  { name: 'done', what: 'the journal says it is done, and the receipt is used', refs: 'after' },
  { name: 'tidy', what: 'what the run had of its own is removed', refs: 'after' },
  { name: 'unlock', what: 'the lock is gone', refs: 'after' },
] as const satisfies readonly DurableStep[];

/** The name of a durable step. */
export type StepName = (typeof durableSteps)[number]['name'];
