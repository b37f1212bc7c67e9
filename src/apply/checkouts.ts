import { join, resolve } from 'node:path';
import { tryGit } from './git.ts';
import { readIfThere } from './home.ts';
import { codeOf, type Outside } from './outside.ts';

/** Where a branch is checked out: in no work tree, in one whose files can follow, or so that it must not be moved. */
export type Checkout = { readonly workTree: string | null } | { readonly refused: string };

const unfinished = ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD'];

/** The work tree a branch is checked out in, and whether the branch may be moved under it. */
export function checkoutOf(repo: string, branch: string, outside: Outside): Checkout {
  const { git } = outside;
  const places: string[] = [];
  for (const workTree of workTreesOf(repo, outside)) {
    const folder = resolve(workTree, git(workTree, ['rev-parse', '--git-dir']));
    for (const state of ['rebase-merge', 'rebase-apply']) {
      if (readIfThere(join(folder, state, 'head-name'), outside)?.trim() === `refs/heads/${branch}`)
        return { refused: `the branch "${branch}" is being rebased in "${workTree}": end that first` };
    }
    if (!isCheckedOut(workTree, branch, outside)) continue;
    const begun = unfinished.find((name) => readIfThere(join(folder, name), outside) !== undefined);
    if (begun !== undefined)
      return { refused: `a merge or pick has begun in "${workTree}" (${begun}): end that first` };
    if (tryGit(workTree, ['config', '--type=bool', 'core.sparseCheckout'], git) === 'true') {
      return { refused: `the branch "${branch}" is checked out sparsely in "${workTree}": switch to another there` };
    }
    places.push(workTree);
  }
  if (places.length > 1)
    return { refused: `the branch "${branch}" is checked out more than once, in "${places.join('", "')}"` };
  return { workTree: places[0] ?? null };
}

/** Whether a work tree has this branch checked out. */
export function isCheckedOut(workTree: string, branch: string, { git }: Outside): boolean {
  return tryGit(workTree, ['symbolic-ref', '--quiet', 'HEAD'], git) === `refs/heads/${branch}`;
}

/** The work trees of a repository whose folders are there. */
function workTreesOf(repo: string, { git, files }: Outside): string[] {
  const blocks = git(repo, ['worktree', 'list', '--porcelain'])
    .split('\n\n')
    .map((block) => block.split('\n'));
  return blocks.flatMap((lines) => {
    const path = lines.find((line) => line.startsWith('worktree '))?.slice('worktree '.length);
    if (path === undefined || lines.includes('bare')) return [];
    try {
      files.lstatSync(join(path, '.git'));
      return [path];
    } catch (problem) {
      if (codeOf(problem) === 'ENOENT') return [];
      throw problem;
    }
  });
}
