import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blobIdOf } from '../gate/tree-hash.ts';
import type { Tree } from '../model/tree.ts';
import { git, objectFormat, tryGit } from './git.ts';

/** The only writer of git: objects first, a ref last. */

/**
 * Writes a candidate into the object store and gives its tree id. An index of its own starts from the base, so that what
 * a Tree does not hold (submodules) stays, and only files that differ are written.
 */
export function writeTree(repo: string, base: string, candidate: Tree): string {
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-index-'));
  const environment = { GIT_INDEX_FILE: join(folder, 'index') };
  try {
    git(repo, ['read-tree', base], { environment });
    const known = entriesOf(git(repo, ['ls-files', '--stage', '-z'], { environment }));
    const gone = [...known].filter(([path, entry]) => entry.mode !== '160000' && !candidate.files.has(path));
    const removals = gone.map(([path, entry]) => `0 ${'0'.repeat(entry.id.length)}\t${path}\0`);
    const format = objectFormat(repo);
    const puts = [...candidate.files.values()].flatMap((file) => {
      const id = blobIdOf(file.bytes, format);
      const entry = known.get(file.path);
      if (entry?.id === id && entry.mode === file.mode) return [];
      if (entry?.id !== id) git(repo, ['hash-object', '-w', '--stdin', '--no-filters'], { input: file.bytes });
      return [`${file.mode} ${id}\t${file.path}\0`];
    });
    git(repo, ['update-index', '-z', '--index-info'], { environment, input: [...removals, ...puts].join('') });
    return git(repo, ['write-tree'], { environment });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes a commit object with the user's identity; nothing points at it yet. */
export function commitTree(repo: string, tree: string, parent: string, message: string): string {
  const sign = tryGit(repo, ['config', '--type=bool', 'commit.gpgSign']) === 'true' ? ['-S'] : [];
  return git(repo, ['commit-tree', ...sign, '-p', parent, '-F', '-', tree], { input: message });
}

/**
 * Moves a branch by compare-and-swap: `from` is what it must be at now, undefined for a branch that must not exist
 * (https://git-scm.com/docs/git-update-ref). @throws Error when somebody else moved it.
 */
export function moveBranch(repo: string, branch: string, to: string, from: string | undefined, why: string): void {
  git(repo, ['update-ref', '-m', `stackproof: ${why}`, `refs/heads/${branch}`, to, from ?? '']);
}

/** Whether git takes the name for a branch. */
export function isBranchName(repo: string, branch: string): boolean {
  return tryGit(repo, ['check-ref-format', '--branch', branch]) === branch;
}

/** The work tree in which a branch is checked out; undefined where it is in none. */
export function checkedOutAt(repo: string, branch: string): string | undefined {
  const trees = git(repo, ['worktree', 'list', '--porcelain']).split('\n\n');
  const found = trees.find((tree) => tree.split('\n').includes(`branch refs/heads/${branch}`));
  return found?.split('\n')[0]?.replace(/^worktree /, '');
}

/** The commit a branch is at; undefined where there is none. */
export function branchAt(repo: string, branch: string): string | undefined {
  return tryGit(repo, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}^{commit}`]);
}

/** The tree of a commit. */
export function treeOfCommit(repo: string, commit: string): string {
  return git(repo, ['rev-parse', '--verify', `${commit}^{tree}`]);
}

/** Changes to tracked files, staged or not; empty where the work tree is clean. */
export function uncommitted(repo: string): string[] {
  const status = git(repo, ['status', '--porcelain', '--untracked-files=no']);
  return status === '' ? [] : status.split('\n');
}

function entriesOf(listing: string): Map<string, { mode: string; id: string }> {
  const entries = new Map<string, { mode: string; id: string }>();
  for (const line of listing.split('\0').filter(Boolean)) {
    const [, mode = '', id = '', path = ''] = /^(\d+) ([0-9a-f]+) \d\t(.*)$/s.exec(line) ?? [];
    entries.set(path, { mode, id });
  }
  return entries;
}
