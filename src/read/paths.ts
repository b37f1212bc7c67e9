import { posix } from 'node:path';

/** The folder of a repository path; `''` is the root. */
export function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}

/** The last part of a path. */
export function baseOf(path: string): string {
  return posix.basename(path);
}

/**
 * A path relative to a folder of the repository, normalised; `'.'` is the root.
 * Undefined where it leads out of the repository or is absolute.
 */
export function insideRepository(folder: string, path: string): string | undefined {
  if (path.startsWith('/') || path.startsWith('~')) return undefined;
  const joined = posix.normalize(posix.join(folder === '' ? '.' : folder, path)).replace(/\/+$/, '');
  if (joined === '..' || joined.startsWith('../')) return undefined;
  return joined === '' ? '.' : joined;
}

/** A path inside a container, made absolute against a folder inside it and normalised. */
export function containerPath(folder: string, path: string): string {
  const joined = posix.normalize(path.startsWith('/') ? path : posix.join(folder, path));
  return joined.length > 1 ? joined.replace(/\/+$/, '') : joined;
}

/** True for a path that holds `*`, `?` or `[`. */
export function isGlob(path: string): boolean {
  return /[*?[]/.test(path);
}

/**
 * Matches a path as Go's filepath.Match does (https://pkg.go.dev/path/filepath#Match): `*` and `?` stay inside one
 * folder. `**` crosses folders, as in GitLab's local includes.
 */
export function globMatches(pattern: string, path: string): boolean {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at);
    const close = char === '[' ? pattern.indexOf(']', at + 2) : -1;
    if (pattern.startsWith('**/', at)) {
      source += '(?:.*/)?';
      at += 2;
    } else if (pattern.startsWith('**', at)) {
      source += '.*';
      at += 1;
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (close !== -1) {
      source += `[${pattern.slice(at + 1, close).replace(/[\\\]]/g, '\\$&')}]`;
      at = close;
    } else source += char.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  }
  try {
    return new RegExp(`^${source}$`, 's').test(path);
  } catch {
    return false;
  }
}
