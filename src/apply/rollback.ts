import { carryOut } from './carry-out.ts';
import { checkoutOf } from './checkouts.ts';
import { makeCommit } from './commit.ts';
import type { Home } from './home.ts';
import type { Operation } from './journal.ts';
import { type Outside, outside as realOutside } from './outside.ts';
import { recover } from './recover.ts';
import { branchAt, treeOfCommit } from './repository.ts';
import { alone } from './run.ts';
import { hindrances } from './work-tree.ts';

/** The commit that takes the last apply back and the work tree whose files followed, or why there is none. */
export type RolledBack =
  | { readonly commit: string; readonly branch: string; readonly tree: string; readonly workTree: string | null }
  | { readonly refused: string };

/**
 * Undoes the last apply by a commit of its own on the same branch, whose tree is the base's; where the branch is checked
 * out, the files follow. The branch must still be where apply left it: what came after is somebody's work and stays.
 * Like `git revert`, it asks no hook that may refuse a commit.
 */
export function rollback(repo: string, outside: Outside = realOutside): RolledBack {
  const done = alone(repo, (home) => rollbackAlone(home, outside), outside);
  return 'held' in done ? { refused: done.held } : done;
}

function rollbackAlone(home: Home, outside: Outside): RolledBack {
  const { git } = outside;
  const { operations, finished, undone } = recover(home, outside);
  if (finished?.kind === 'rollback') return rolledBack(finished);
  const last = operations.at(-1);
  if (last === undefined) return { refused: 'nothing was applied to this repository' };
  const { branch, to: applied, fromTree: baseTree } = last;
  if (last.kind === 'rollback') return { refused: `the last apply, on branch "${branch}", was rolled back already` };
  const at = branchAt(home.repo, branch, git);
  if (at === undefined) return { refused: `the branch "${branch}" is gone: there is nothing to roll back` };
  if (at !== applied) {
    return {
      refused: `the branch "${branch}" has moved on since the apply (${at.slice(0, 12)}): revert ${applied.slice(0, 12)} by hand`,
    };
  }
  const checkout = checkoutOf(home.repo, branch, outside);
  if ('refused' in checkout) return checkout;
  const { workTree } = checkout;
  const trees = { fromTree: last.toTree, toTree: baseTree, own: home.own };
  if (workTree !== null) {
    const blocked = hindrances(home, { workTree, ...trees }, outside);
    if (blocked.length > 0) {
      return {
        refused: `in the way in "${workTree}", where "${branch}" is checked out: ${blocked.slice(0, 5).join('; ')}`,
      };
    }
  }
  const commit = begunCommit(undone, last) ?? revertingCommit(home, last, outside);
  if ('refused' in commit) return commit;
  const tree = treeOfCommit(home.repo, commit.id, git);
  if (tree !== baseTree)
    return { refused: `git made tree ${tree} where the base has ${baseTree}: nothing was changed` };
  const { receipt } = last;
  const operation: Operation = {
    kind: 'rollback',
    branch,
    from: applied,
    to: commit.id,
    ...trees,
    receipt,
    workTree,
    state: 'begun',
  };
  const why = carryOut(home, operations, operation, outside);
  return why === undefined ? rolledBack(operation) : { refused: `the branch "${branch}" cannot be moved: ${why}` };
}

function rolledBack({ to, branch, toTree, workTree }: Operation): RolledBack {
  return { commit: to, branch, tree: toTree, workTree };
}

/** The commit of a rollback that was killed before the branch moved. */
function begunCommit(undone: Operation | undefined, { to }: Operation): { id: string } | undefined {
  return undone?.kind === 'rollback' && undone.from === to ? { id: undone.to } : undefined;
}

function revertingCommit(
  home: Home,
  { to, fromTree }: Operation,
  outside: Outside,
): { id: string } | { refused: string } {
  const keep = `Stackproof-Reverts: ${to}`;
  const message = `Roll back the consolidation\n\nThe tree is again ${fromTree}.\n\n${keep}\n`;
  return makeCommit(home, { tree: fromTree, parent: to, message, keep, hooks: false }, outside);
}
