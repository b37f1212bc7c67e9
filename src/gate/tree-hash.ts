import { createHash } from 'node:crypto';
import type { Tree, TreeFile } from '../model/tree.ts';

type Leaf = TreeFile | { readonly mode: '160000'; readonly commit: string };

interface Folder {
  readonly files: Map<string, Leaf>;
  readonly folders: Map<string, Folder>;
}

/**
 * The id git gives a Tree: the same bytes, modes and names have the same id as `git write-tree` would print
 * (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects).
 * @param submodules path → commit: git's tree names them, a Tree does not hold them
 */
export function treeIdOf(
  tree: Tree,
  algorithm: 'sha1' | 'sha256' = 'sha1',
  submodules: ReadonlyMap<string, string> = new Map(),
): string {
  const root: Folder = { files: new Map(), folders: new Map() };
  for (const file of tree.files.values()) place(root, file.path.split('/'), file);
  for (const [path, commit] of submodules) place(root, path.split('/'), { mode: '160000', commit });
  return folderId(root, algorithm).toString('hex');
}

function place(folder: Folder, [name = '', ...rest]: readonly string[], file: Leaf): void {
  if (rest.length === 0) {
    folder.files.set(name, file);
    return;
  }
  const inner = folder.folders.get(name) ?? { files: new Map(), folders: new Map() };
  folder.folders.set(name, inner);
  place(inner, rest, file);
}

function folderId(folder: Folder, algorithm: string): Buffer {
  const files = [...folder.files].map(([name, file]) => ({
    mode: file.mode,
    name,
    sort: name,
    id: 'commit' in file ? Buffer.from(file.commit, 'hex') : objectId('blob', file.bytes, algorithm),
  }));
  const folders = [...folder.folders].map(([name, inner]) => ({
    mode: '40000',
    name,
    sort: `${name}/`,
    id: folderId(inner, algorithm),
  }));
  const entries = [...files, ...folders].sort((a, b) => Buffer.compare(Buffer.from(a.sort), Buffer.from(b.sort)));
  const body = Buffer.concat(
    entries.map(({ mode, name, id }) => Buffer.concat([Buffer.from(`${mode} ${name}\0`), id])),
  );
  return objectId('tree', body, algorithm);
}

/** The id git gives a file's bytes. */
export function blobIdOf(bytes: Uint8Array, algorithm: 'sha1' | 'sha256' = 'sha1'): string {
  return objectId('blob', bytes, algorithm).toString('hex');
}

function objectId(kind: string, bytes: Uint8Array, algorithm: string): Buffer {
  return createHash(algorithm).update(`${kind} ${bytes.length}\0`).update(bytes).digest();
}
