import { tryGit } from './git.ts';
import type { Outside } from './outside.ts';

type Git = Outside['git'];

/**
 * Moves a branch by compare-and-swap: `from` is what it must be at now, null for a branch that must not exist
 * (https://git-scm.com/docs/git-update-ref). Git asks its hook `reference-transaction` itself. `folder` is the work tree
 * whose HEAD follows the branch, if any: its reflog is told too. @throws Error when somebody else moved it.
 */
export function moveBranch(
  folder: string,
  move: { readonly branch: string; readonly to: string; readonly from: string | null; readonly why: string },
  git: Git,
): void {
  git(folder, ['update-ref', '-m', `stackproof: ${move.why}`, `refs/heads/${move.branch}`, move.to, move.from ?? '']);
}

/** Whether git takes the name for a branch (https://git-scm.com/docs/git-check-ref-format). */
export function isBranchName(repo: string, branch: string, git: Git): boolean {
  if (branch.startsWith('-') || branch === 'HEAD') return false;
  return tryGit(repo, ['check-ref-format', `refs/heads/${branch}`], git) !== undefined;
}

/** The commit a branch is at; undefined where there is none. */
export function branchAt(repo: string, branch: string, git: Git): string | undefined {
  return tryGit(repo, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}^{commit}`], git);
}

/** The tree of a commit. */
export function treeOfCommit(repo: string, commit: string, git: Git): string {
  return git(repo, ['rev-parse', '--verify', `${commit}^{tree}`]);
}

/** Changes to tracked files, staged or not; empty where the work tree is clean. */
export function uncommitted(repo: string, git: Git): string[] {
  const status = git(repo, ['status', '--porcelain', '--untracked-files=no']);
  return status === '' ? [] : status.split('\n');
}

/** A commit on any ref whose message holds this line; only those made since a time are looked at. */
export function commitSaying(repo: string, line: string, since: Date, git: Git): string | undefined {
  const found = git(repo, [
    'log',
    '--all',
    '-1',
    '--format=%H',
    '-F',
    `--grep=${line}`,
    `--since=${since.toISOString()}`,
  ]);
  return found === '' ? undefined : found;
}

/** Whether a commit is among those a branch holds. */
export function holds(repo: string, branch: string, commit: string, git: Git): boolean {
  return tryGit(repo, ['merge-base', '--is-ancestor', commit, `refs/heads/${branch}`], git) !== undefined;
}
