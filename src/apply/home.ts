import { constants } from 'node:fs';
import { join, resolve } from 'node:path';
import { codeOf, type Outside } from './outside.ts';

/** Where apply and rollback keep what is theirs, in the git folder that all work trees of a repository share. */
export interface Home {
  readonly repo: string;
  readonly folder: string;
  /** A folder for this run alone: indexes and files that lie ready. */
  readonly own: string;
  /** Tells this run from every other. */
  readonly run: string;
}

/** The home of a run, its folder made. */
export function homeOf(repo: string, run: string, { git, files }: Outside): Home {
  const folder = join(commonFolder(repo, git), 'stackproof');
  files.mkdirSync(folder, { recursive: true });
  return { repo, folder, own: join(folder, `run-${run}`), run };
}

/** The git folder that all work trees of a repository share. */
export function commonFolder(repo: string, git: Outside['git']): string {
  return resolve(repo, git(repo, ['rev-parse', '--git-common-dir']));
}

/** A file of git's own for one work tree (`index`, `HEAD.lock`), or of all of them, where git looks for it. */
export function gitPath(workTree: string, name: string, git: Outside['git']): string {
  return resolve(workTree, git(workTree, ['rev-parse', '--git-path', name]));
}

/** Removes what this run had of its own, and what killed runs left: whoever holds the lock is the only one alive. */
export function tidy({ folder }: Home, { files, step }: Outside): void {
  for (const name of files.readdirSync(folder)) {
    if (/^run-|\.new$/.test(name)) files.rmSync(join(folder, name), { recursive: true, force: true });
  }
  step('tidy');
}

/** Writes a file whole or not at all, and down to the disk. */
export function writeWhole(file: string, text: string, { files }: Outside): void {
  const fresh = `${file}.new`;
  files.writeFileSync(fresh, text, { flush: true });
  files.renameSync(fresh, file);
}

/** A file's text; undefined where there is none. */
export function readIfThere(file: string, { files }: Outside): string | undefined {
  try {
    return files.readFileSync(file, 'utf8');
  } catch (problem) {
    if (codeOf(problem) === 'ENOENT') return undefined;
    throw problem;
  }
}

const noLinks = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'];

/** Gives a file a second name, if that name is free: whole, and never two runs at once. */
export function appears(fresh: string, name: string, { files }: Outside): boolean {
  try {
    files.linkSync(fresh, name);
    return true;
  } catch (problem) {
    const code = codeOf(problem);
    if (code === 'EEXIST') return false;
    if (!noLinks.includes(code ?? '')) throw problem;
  }
  try {
    files.copyFileSync(fresh, name, constants.COPYFILE_EXCL);
    return true;
  } catch (problem) {
    if (codeOf(problem) === 'EEXIST') return false;
    throw problem;
  }
}
