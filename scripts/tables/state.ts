import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gitEnvironment } from '../../src/model/git-environment.ts';
import type { World } from './worlds.ts';

/** All of a repository that anybody can see: refs, and each work tree's files and index. */
export interface State {
  readonly refs: string;
  readonly index: string;
  readonly files: ReadonlyMap<string, string>;
}

/** Where a repository stands after a run that did not end: `following` is the state after, with files still to follow. */
export type Standing = 'before' | 'following' | 'after' | `between: ${string}`;

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', env: gitEnvironment(process.env), stdio: 'pipe' });

/** @throws Error where git finds an object broken or missing */
export function checkObjects(repo: string): void {
  git(repo, 'fsck', '--connectivity-only', '--no-dangling', '--no-progress');
}

/** The state of a copy of a world. */
export function stateOf(repo: string, { linked }: World): State {
  const trees = [repo, ...linked.map((tree) => join(repo, tree))];
  return {
    refs: `${readFileSync(join(repo, '.git/HEAD'), 'utf8')}${git(repo, 'for-each-ref')}`,
    index: trees.map((tree) => git(tree, 'ls-files', '--stage', '-z')).join('\n'),
    files: filesOf(repo),
  };
}

function filesOf(folder: string, below = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.name === '.git') continue;
    if (entry.isDirectory()) for (const [inner, seen] of filesOf(folder, path)) found.set(inner, seen);
    else found.set(path, seenAt(join(folder, path)));
  }
  return found;
}

function seenAt(full: string): string {
  const stat = lstatSync(full);
  if (stat.isSymbolicLink()) return `link ${readlinkSync(full)}`;
  return `${(stat.mode & 0o111) === 0 ? 'file' : 'program'} ${createHash('sha256').update(readFileSync(full)).digest('hex')}`;
}

/** Tells a state by the two it may be: nothing else is before, and after each file is as before or as after. */
export function standingOf(state: State, before: State, after: State): Standing {
  if (state.refs === before.refs && before.refs !== after.refs) {
    const changed = unlike(state, before);
    return changed === undefined ? 'before' : `between: the branch is as before, ${changed} is not`;
  }
  if (state.refs !== after.refs) return `between: refs are ${state.refs}`;
  if (unlike(state, after) === undefined) return 'after';
  const paths = new Set([...state.files.keys(), ...before.files.keys(), ...after.files.keys()]);
  const torn = [...paths].find((path) => {
    const seen = state.files.get(path);
    return seen !== before.files.get(path) && seen !== after.files.get(path);
  });
  if (torn !== undefined) return `between: "${torn}" is neither as before nor as after`;
  return state.index === before.index || state.index === after.index ? 'following' : 'between: the index is neither';
}

/** The first thing in which two states differ, in words. */
export function unlike(a: State, b: State): string | undefined {
  if (a.refs !== b.refs) return 'a ref';
  if (a.index !== b.index) return 'the index';
  const path = [...new Set([...a.files.keys(), ...b.files.keys()])].find(
    (one) => a.files.get(one) !== b.files.get(one),
  );
  return path === undefined ? undefined : `"${path}"`;
}

/** What apply and rollback have left in the git folder beside the journal; empty where a run has ended well. */
export function leftovers(repo: string): string[] {
  const home = join(repo, '.git/stackproof');
  const ours = existsSync(home) ? readdirSync(home).filter((name) => name !== 'journal.json') : [];
  const locks = readdirSync(join(repo, '.git'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.lock'),
  );
  return [...ours, ...locks];
}
