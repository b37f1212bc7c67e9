import type { Dirent } from 'node:fs';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../model/message.ts';
import type { FileMode, Tree, TreeFile } from '../model/tree.ts';
import { fieldsOf, tryGit } from './git.ts';
import { lazyFile } from './lazy-file.ts';

const neverEntered = new Set(['.git', 'node_modules']);

/**
 * The tree of a folder as it lies on disk. In a git work tree: what is tracked or not ignored; elsewhere every file,
 * without `.git` and `node_modules`. Symbolic links are not followed, submodules and special files are left out.
 * Bytes are read when they are looked at. Throws an Error of one sentence where the folder cannot be read.
 */
export function readDirectory(dir: string): Tree {
  const listed = fieldsOf(
    tryGit(dir, ['ls-files', '-co', '--exclude-standard', '--deduplicate', '-z']) ?? Buffer.alloc(0),
  );
  // An ignored folder of a larger work tree lists nothing, and is read as a plain folder.
  const paths = listed.length === 0 ? walk(dir) : listed;
  const files = new Map<string, TreeFile>();
  for (const path of paths.sort()) {
    const full = join(dir, path);
    const mode = modeOf(full);
    if (mode === undefined) continue;
    files.set(
      path,
      lazyFile(path, mode, () => (mode === '120000' ? readlinkSync(full, 'buffer') : readFileSync(full))),
    );
  }
  return { origin: listed.length === 0 ? 'directory' : 'work tree', files };
}

function modeOf(full: string): FileMode | undefined {
  const stat = lstatSync(full, { throwIfNoEntry: false });
  if (stat?.isSymbolicLink()) return '120000';
  if (!stat?.isFile()) return undefined;
  return (stat.mode & 0o100) === 0 ? '100644' : '100755';
}

function walk(dir: string): string[] {
  const found: string[] = [];
  const enter = (folder: string): void => {
    for (const entry of entriesOf(dir, folder)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (!entry.isDirectory()) found.push(path);
      else if (!neverEntered.has(entry.name)) enter(path);
    }
  };
  enter('');
  return found;
}

function entriesOf(dir: string, folder: string): Dirent[] {
  try {
    return readdirSync(join(dir, folder), { withFileTypes: true });
  } catch (cause) {
    if (folder !== '') return [];
    const reason = messageOf(cause);
    throw new Error(`"${dir}" cannot be read as a folder: ${reason}`, { cause });
  }
}
