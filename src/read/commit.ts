import type { Tree } from '../model/tree.ts';
import { fieldsOf, git } from './git.ts';
import type { GitEntry } from './objects.ts';
import { isFileMode, objectFiles } from './objects.ts';

/**
 * The tree of a commit (any revision git understands); bytes are read from the object store when they are looked at.
 * Throws an Error of one sentence where the folder is no repository or the revision is not there.
 */
export function readCommit(repoDir: string, rev: string): Tree {
  const id = git(repoDir, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${rev}^{commit}`])
    .toString('utf8')
    .trim();
  const entries: GitEntry[] = [];
  for (const field of fieldsOf(git(repoDir, ['ls-tree', '-r', '-l', '-z', '--full-tree', id]))) {
    const tab = field.indexOf('\t');
    const [mode, , object, size] = field.slice(0, tab).split(/ +/);
    if (mode === undefined || object === undefined || !isFileMode(mode)) continue;
    entries.push({ path: field.slice(tab + 1), mode, object, size: Number(size) });
  }
  return { origin: `commit ${id}`, files: objectFiles(repoDir, entries) };
}
