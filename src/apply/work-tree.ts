import { dirname, join } from 'node:path';
import { changedPaths, type PathChange } from './changes.ts';
import { tryGit } from './git.ts';
import { appears, gitPath, type Home } from './home.ts';
import { codeOf, type Outside } from './outside.ts';
import { standingOf } from './standing.ts';

/** A work tree whose files follow a branch from one tree to another. `own` holds the files that lie ready. */
export interface Sync {
  readonly workTree: string;
  readonly fromTree: string;
  readonly toTree: string;
  readonly own: string;
}

/** Everything in a work tree that keeps its files from following; empty where they can. Nothing is changed. */
export function hindrances(home: Home, sync: Sync, outside: Outside): string[] {
  const changes = changedPaths(sync.workTree, sync.fromTree, sync.toTree, outside);
  const { inTheWay } = standingOf(home, sync.workTree, changes, outside);
  if (inTheWay.length > 0) return [...inTheWay];
  try {
    newIndex(home, sync, outside);
    return [];
  } catch (problem) {
    const entry = /Entry '(.*)' (?:would be overwritten|not uptodate)/.exec(String(problem))?.[1];
    if (entry === undefined) throw problem;
    return [`"${entry}" has staged changes that are not committed`];
  }
}

/**
 * Lays the new files ready, as git itself checks them out: line ends, filters, modes and links as the attributes of the
 * new tree say. Whatever needs room or rights is needed here, before anything has moved.
 */
export function stageFiles(sync: Sync, { git, files, step }: Outside): void {
  const folder = stageOf(sync);
  files.rmSync(folder, { recursive: true, force: true });
  files.mkdirSync(folder, { recursive: true });
  const environment = {
    GIT_DIR: git(sync.workTree, ['rev-parse', '--absolute-git-dir']),
    GIT_WORK_TREE: folder,
    GIT_INDEX_FILE: join(sync.own, 'stage-index'),
  };
  git(folder, ['read-tree', sync.fromTree], { environment });
  git(folder, ['read-tree', '-m', '-u', sync.fromTree, sync.toTree], { environment });
  step('stage');
}

/**
 * Lets the files follow: each is replaced by a rename or removed, then the index. It can be ended anywhere and done
 * again: what has followed already is left alone.
 * @throws Error where files are in the way; they and those behind them stay as they are
 */
export function syncFiles(home: Home, sync: Sync, outside: Outside): void {
  const changes = changedPaths(sync.workTree, sync.fromTree, sync.toTree, outside);
  const { todo, inTheWay } = standingOf(home, sync.workTree, changes, outside);
  if (inTheWay.length > 0) throw new Error(`in the way: ${inTheWay.slice(0, 5).join('; ')}`);
  const put = todo.filter(({ after }) => after !== null);
  if (put.some(({ path }) => !isThere(join(stageOf(sync), path), outside))) stageFiles(sync, outside);
  for (const { path } of todo.filter(({ after }) => after === null)) {
    remove(sync.workTree, path, outside);
    outside.step('file');
  }
  for (const change of put) {
    place(sync, change, outside);
    outside.step('file');
  }
  installIndex(home, sync, outside);
}

function remove(workTree: string, path: string, { files }: Outside): void {
  files.unlinkSync(join(workTree, path));
  try {
    for (let above = dirname(path); above !== '.'; above = dirname(above)) files.rmdirSync(join(workTree, above));
  } catch (problem) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(problem) ?? '')) throw problem;
  }
}

function place(sync: Sync, { path }: PathChange, outside: Outside): void {
  const { files } = outside;
  const ready = join(stageOf(sync), path);
  const target = join(sync.workTree, path);
  files.mkdirSync(dirname(target), { recursive: true });
  if (files.lstatSync(target, { throwIfNoEntry: false })?.isDirectory()) removeEmpty(target, outside);
  try {
    files.renameSync(ready, target);
  } catch (problem) {
    if (codeOf(problem) !== 'EXDEV') throw problem;
    // The work tree is on another device than the git folder: a file beside the target takes the last step.
    const beside = `${target}.stackproof-new`;
    files.rmSync(beside, { force: true });
    files.cpSync(ready, beside, { verbatimSymlinks: true });
    files.renameSync(beside, target);
  }
}

/** Removes a folder that holds nothing but folders; anything else in it is an error. */
function removeEmpty(folder: string, outside: Outside): void {
  for (const name of outside.files.readdirSync(folder)) removeEmpty(join(folder, name), outside);
  outside.files.rmdirSync(folder);
}

/** The work tree's index with the change in it and everything else as it was; gives its file. */
function newIndex({ own }: Home, { workTree, fromTree, toTree }: Sync, { git, files }: Outside): string {
  const index = join(own, 'index');
  files.mkdirSync(own, { recursive: true });
  files.rmSync(index, { force: true });
  files.copyFileSync(gitPath(workTree, 'index', git), index);
  const environment = { GIT_INDEX_FILE: index };
  git(workTree, ['read-tree', '-i', '-m', fromTree, toTree], { environment });
  // It answers no (1) where files have changes of their own, which is none of our business.
  tryGit(workTree, ['update-index', '-q', '--refresh'], (folder, args) => git(folder, args, { environment }));
  return index;
}

/** Replaces the index under git's own lock, taken by a hard link: a lock that stayed is known to be ours by its inode. */
function installIndex(home: Home, sync: Sync, outside: Outside): void {
  const { git, files, step } = outside;
  const index = gitPath(sync.workTree, 'index', git);
  const before = files.readFileSync(index);
  const fresh = newIndex(home, sync, outside);
  const lock = `${index}.lock`;
  if (!appears(fresh, lock, outside))
    throw new Error(`git holds "${lock}": end what runs there (if nothing does, remove the file)`);
  if (!files.readFileSync(index).equals(before)) {
    files.unlinkSync(lock);
    throw new Error(`the index of "${sync.workTree}" was changed meanwhile`);
  }
  files.renameSync(lock, index);
  step('index');
}

function stageOf({ own }: Sync): string {
  return join(own, 'stage');
}

function isThere(full: string, { files }: Outside): boolean {
  return files.lstatSync(full, { throwIfNoEntry: false }) !== undefined;
}
