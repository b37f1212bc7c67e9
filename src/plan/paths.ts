import type { Tree } from '../model/tree.ts';

const drive = /^[a-z]:/i;
// What git itself refuses, with the letters that one file system does not see
// (https://git-scm.com/docs/git-config#Documentation/git-config.txt-coreprotectHFS and -coreprotectNTFS).
const unseen = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;
const gitFolder = /^(\.git[ .]*(:.*)?|git~\d+)$/i;

/** Why a path of a plan may not be used; undefined where it may. A folder may be written with a slash at its end. */
export function pathProblem(path: string): string | undefined {
  if (path === '') return 'the path is empty';
  if (/\p{Cc}/u.test(path)) return `${JSON.stringify(path)} holds a line end or another control character`;
  if (path.includes('\\')) return `"${path}" holds a backslash: write paths with "/"`;
  if (path.startsWith('/') || drive.test(path)) return `"${path}" is absolute: paths are relative to the repository`;
  const segments = cleanPath(path).split('/');
  if (segments.includes('..')) return `"${path}" leads out of the repository`;
  if (segments.some((segment) => segment === '' || segment === '.'))
    return `"${path}" holds an empty segment or ".": write it without`;
  if (segments.some((segment) => gitFolder.test(segment.replaceAll(unseen, ''))))
    return `"${path}" lies in git's own folder`;
  return undefined;
}

/** The path without slashes at its end, and without a last `/*`, which means the same folder. */
export function cleanPath(path: string): string {
  return path.replace(/\/\*$/, '').replace(/(?<!\/)\/$/, '');
}

/** The symbolic link that a path leads through, if one does. The path's own last segment may be a link. */
export function linkAbove(files: Tree['files'], path: string): string | undefined {
  return foldersAbove(path).find((folder) => files.get(folder)?.mode === '120000');
}

/**
 * Where submodules lie, as `.gitmodules` says (https://git-scm.com/docs/gitmodules). What is in them belongs to other
 * repositories, and is in no Tree.
 */
export function submodulePaths(files: Tree['files']): string[] {
  const file = files.get('.gitmodules');
  if (file === undefined || file.mode === '120000') return [];
  const text = Buffer.from(file.bytes).toString('utf8');
  return [...text.matchAll(/^[ \t]*path[ \t]*=[ \t]*"?([^"\r\n]+?)"?[ \t]*\r?$/gm)].map(([, path]) =>
    cleanPath(path ?? ''),
  );
}

/** Whether a symbolic link at `path` points to a place outside the repository. */
export function leadsOut(path: string, target: string): boolean {
  if (target.startsWith('/') || target.includes('\\') || drive.test(target)) return true;
  const stack = path.split('/').slice(0, -1);
  for (const segment of target.split('/')) {
    if (segment === '..' && stack.pop() === undefined) return true;
    if (segment !== '..' && segment !== '.' && segment !== '') stack.push(segment);
  }
  return gitFolder.test(stack[0] ?? '');
}

/** Whether `path` is `folder` or lies below it. */
export function covers(folder: string, path: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Every folder above a path, the nearest first. */
export function foldersAbove(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(0, -1).map((_, index) => segments.slice(0, segments.length - 1 - index).join('/'));
}

/** A path as file systems that ignore case would see it. */
export function folded(path: string): string {
  return path.replaceAll(unseen, '').normalize('NFC').toLowerCase();
}
