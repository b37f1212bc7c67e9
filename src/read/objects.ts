import type { FileMode, TreeFile } from '../model/tree.ts';
import { git } from './git.ts';
import { lazyFile } from './lazy-file.ts';

/** An entry of a git tree or index: the object that holds a path's bytes. */
export interface GitEntry {
  readonly path: string;
  readonly mode: FileMode;
  readonly object: string;
  /** Bytes, where git told. */
  readonly size?: number;
}

const textSize = 1024 * 1024;
const worthFetching = /\.(ya?ml|json|ini|env|conf|cfg|tmpl|sh|toml|properties)$|(^|\/)(\.env[^/]*|Dockerfile[^/]*)$/i;

/** True for the three modes a Tree knows; submodules (160000) are left out. */
export function isFileMode(mode: string): mode is FileMode {
  return mode === '100644' || mode === '100755' || mode === '120000';
}

/**
 * Files whose bytes come from git's object store. The first look at a file that may hold configuration
 * fetches all such files in one `git cat-file --batch`; others are fetched one by one.
 */
export function objectFiles(repoDir: string, entries: readonly GitEntry[]): Map<string, TreeFile> {
  const together = entries.filter((entry) => (entry.size ?? 0) <= textSize && worthFetching.test(entry.path));
  let fetched: ReadonlyMap<string, Uint8Array> | undefined;
  const files = new Map<string, TreeFile>();
  for (const entry of entries) {
    files.set(
      entry.path,
      lazyFile(entry.path, entry.mode, () => {
        if (worthFetching.test(entry.path)) fetched ??= fetchBlobs(repoDir, together);
        return fetched?.get(entry.object) ?? git(repoDir, ['cat-file', 'blob', entry.object]);
      }),
    );
  }
  return files;
}

/** The bytes of many objects by one `git cat-file --batch` (https://git-scm.com/docs/git-cat-file#_batch_output). */
function fetchBlobs(repoDir: string, entries: readonly GitEntry[]): Map<string, Uint8Array> {
  const wanted = [...new Set(entries.map((entry) => entry.object))];
  const blobs = new Map<string, Uint8Array>();
  if (wanted.length === 0) return blobs;
  const output = git(repoDir, ['cat-file', '--batch'], { stdin: `${wanted.join('\n')}\n` });
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(10, at);
    if (end === -1) break;
    const [object, kind, size] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (object === undefined || kind !== 'blob' || size === undefined) continue;
    const length = Number(size);
    blobs.set(object, output.subarray(at, at + length));
    at += length + 1;
  }
  return blobs;
}
