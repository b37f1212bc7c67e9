import { join } from 'node:path';
import { finish } from './carry-out.ts';
import { commonFolder, gitPath, type Home, readIfThere } from './home.ts';
import { type Operation, readJournal, writeJournal } from './journal.ts';
import type { Outside } from './outside.ts';
import { branchAt, holds } from './repository.ts';

/** What the journal says once nothing is left half done, and what had been. */
export interface Recovered {
  readonly operations: readonly Operation[];
  /** The operation that was ended now. */
  readonly finished?: Operation;
  /** The operation that had not moved the branch: it never happened. Its commit may still be used. */
  readonly undone?: Operation;
}

/** Ends what a killed run began. The branch decides: where it has moved the files follow, else nothing has happened. */
export function recover(home: Home, outside: Outside): Recovered {
  const operations = readJournal(home, outside);
  const last = operations.at(-1);
  if (last === undefined || last.state === 'done') return { operations };
  const earlier = operations.slice(0, -1);
  const done = [...earlier, { ...last, state: 'done' as const }];
  removeLocks(home, last, outside);
  const at = branchAt(home.repo, last.branch, outside.git);
  if (at === last.to) {
    finish(home, earlier, last, outside);
    return { operations: done, finished: last };
  }
  if (at !== undefined && holds(home.repo, last.branch, last.to, outside.git)) {
    // Somebody has built on it since, and has seen to the files.
    writeJournal(home, done, outside);
    return { operations: done };
  }
  writeJournal(home, earlier, outside);
  return { operations: earlier, undone: last };
}

/**
 * Removes locks of git that died with the run, where they are known to be its: a branch's lock holds the commit that only
 * this run would have written, HEAD's goes with the branch's, the index's is one of the run's own files. Any other lock
 * is left, and git says its name.
 */
function removeLocks(home: Home, { branch, to, workTree }: Operation, outside: Outside): void {
  const { files, git } = outside;
  const branchLock = join(commonFolder(home.repo, git), 'refs', 'heads', `${branch}.lock`);
  const ours = readIfThere(branchLock, outside)?.trim() === to;
  if (workTree !== null && files.lstatSync(workTree, { throwIfNoEntry: false }) !== undefined) {
    const headLock = gitPath(workTree, 'HEAD.lock', git);
    const moved = branchAt(home.repo, branch, git) === to;
    if ((ours || moved) && readIfThere(headLock, outside) === '') files.rmSync(headLock, { force: true });
    const indexLock = gitPath(workTree, 'index.lock', git);
    if (isOurs(home, indexLock, outside)) files.rmSync(indexLock, { force: true });
  }
  if (ours) files.rmSync(branchLock, { force: true });
}

function isOurs({ folder }: Home, file: string, { files }: Outside): boolean {
  const lock = files.lstatSync(file, { throwIfNoEntry: false });
  if (lock === undefined) return false;
  const mine = files.readdirSync(folder).filter((name) => name.startsWith('run-'));
  return mine.some((run) => {
    const index = files.lstatSync(join(folder, run, 'index'), { throwIfNoEntry: false });
    return index?.ino === lock.ino && index.dev === lock.dev;
  });
}
