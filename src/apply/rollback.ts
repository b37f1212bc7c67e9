import { readJournal, writeJournal } from './journal.ts';
import { branchAt, checkedOutAt, commitTree, moveBranch, treeOfCommit } from './repository.ts';

/** The commit that takes the last apply back, or why there is none. */
export type RolledBack =
  | { readonly commit: string; readonly branch: string; readonly tree: string }
  | { readonly refused: string };

/**
 * Undoes the last apply by a commit of its own on the same branch, whose tree is the base's. The branch must still be
 * where apply left it: what came after is somebody's work and stays.
 */
export function rollback(repo: string): RolledBack {
  const entry = readJournal(repo);
  if (entry === undefined) return { refused: 'nothing was applied to this repository' };
  if (entry.state === 'rolled-back')
    return { refused: `the last apply, on branch "${entry.branch}", was rolled back already` };
  const at = branchAt(repo, entry.branch);
  if (at === undefined) return { refused: `the branch "${entry.branch}" is gone: there is nothing to roll back` };
  if (at !== entry.commit) {
    return {
      refused: `the branch "${entry.branch}" has moved on since the apply (${at.slice(0, 12)}): revert ${entry.commit.slice(0, 12)} by hand`,
    };
  }
  const place = checkedOutAt(repo, entry.branch);
  if (place !== undefined) {
    return {
      refused: `the branch "${entry.branch}" is checked out in "${place}", whose files would no longer fit it: switch to another branch there first, or run "git revert ${entry.commit.slice(0, 12)}"`,
    };
  }
  const message = `Roll back the consolidation\n\nThe tree is again that of ${entry.base}.\n\nStackproof-Reverts: ${entry.commit}\n`;
  const commit = commitTree(repo, entry.baseTree, entry.commit, message);
  const tree = treeOfCommit(repo, commit);
  if (tree !== entry.baseTree)
    return { refused: `git made tree ${tree} where the base has ${entry.baseTree}: nothing was changed` };
  moveBranch(repo, entry.branch, commit, entry.commit, 'rollback');
  writeJournal(repo, { ...entry, state: 'rolled-back' });
  return { commit, branch: entry.branch, tree };
}
