import { messageOf } from '../model/message.ts';
import { isCheckedOut } from './checkouts.ts';
import type { Home } from './home.ts';
import { tellPostCommit } from './hooks.ts';
import { type Operation, writeJournal } from './journal.ts';
import type { Outside } from './outside.ts';
import { branchAt, moveBranch } from './repository.ts';
import { type Sync, stageFiles, syncFiles } from './work-tree.ts';

/**
 * Carries an operation out: the new files are laid ready, the journal says what comes, the branch moves, the files
 * follow. Up to the move nothing that anybody else sees has changed.
 * @returns why the branch could not be moved, and then nothing has changed; undefined where all is done
 * @throws Error where the branch has moved and the files could not follow: the next run goes on
 */
export function carryOut(
  home: Home,
  earlier: readonly Operation[],
  operation: Operation,
  outside: Outside,
): string | undefined {
  const { git, step } = outside;
  const { branch, from, to, kind } = operation;
  const sync = syncOf(operation);
  if (sync !== undefined) stageFiles(sync, outside);
  writeJournal(home, [...earlier, operation], outside);
  step('journal');
  try {
    moveBranch(sync?.workTree ?? home.repo, { branch, from, to, why: kind }, git);
  } catch (problem) {
    // A git that outlived the killed run may have moved it there just now.
    if (branchAt(home.repo, branch, git) !== to) {
      writeJournal(home, earlier, outside);
      return messageOf(problem);
    }
  }
  step('branch');
  finish(home, earlier, operation, outside);
  return undefined;
}

/** What is left once the branch has moved: the files follow, the journal is closed, the hook is told. */
export function finish(home: Home, earlier: readonly Operation[], operation: Operation, outside: Outside): void {
  const { branch, to } = operation;
  const sync = syncOf(operation);
  let followed: string | undefined;
  try {
    if (sync !== undefined && isCheckedOut(sync.workTree, branch, outside)) {
      syncFiles(home, sync, outside);
      followed = sync.workTree;
    }
    writeJournal(home, [...earlier, { ...operation, state: 'done' }], outside);
    outside.step('done');
  } catch (problem) {
    const files =
      sync === undefined ? 'the journal is not closed' : `not all files in "${sync.workTree}" have followed`;
    throw new Error(
      `the branch "${branch}" is at ${to.slice(0, 12)}, but ${files}: ${messageOf(problem)}\nRun the same command again when that is mended: it goes on from here.`,
    );
  }
  if (followed !== undefined) tellPostCommit(followed, outside);
}

function syncOf({ workTree, fromTree, toTree, own }: Operation): Sync | undefined {
  return workTree === null ? undefined : { workTree, fromTree, toTree, own };
}
