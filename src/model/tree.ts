/** A file's mode as git writes it: plain, executable, symbolic link. */
export type FileMode = '100644' | '100755' | '120000';

/** One file of a Tree. `bytes` may be read lazily by a reader; for a symbolic link it is the link's target. */
export interface TreeFile {
  readonly path: string;
  readonly mode: FileMode;
  readonly bytes: Uint8Array;
}

/**
 * Path → file. Paths are relative to the repository's root, with `/`, never with `.` or `..`.
 * `origin` says in words where the tree was read (`work tree`, `index`, `commit 1f3a…`, `plan NAME`).
 */
export interface Tree {
  readonly origin: string;
  readonly files: ReadonlyMap<string, TreeFile>;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

/** Builds a Tree from texts; a value may also be `{ text, mode }`. For tests and for generated files. */
export function treeOf(
  texts: Readonly<Record<string, string | { text: string; mode: FileMode }>>,
  origin = 'memory',
): Tree {
  const files = new Map<string, TreeFile>();
  for (const [path, value] of Object.entries(texts)) {
    const { text, mode } = typeof value === 'string' ? { text: value, mode: '100644' as const } : value;
    files.set(path, { path, mode, bytes: encoder.encode(text) });
  }
  return { origin, files };
}

/** The tree with these files added or replaced, and these paths left out. */
export function changeTree(
  tree: Tree,
  change: { readonly put?: Iterable<TreeFile>; readonly drop?: Iterable<string>; readonly origin?: string },
): Tree {
  const files = new Map(tree.files);
  for (const path of change.drop ?? []) files.delete(path);
  for (const file of change.put ?? []) files.set(file.path, file);
  return { origin: change.origin ?? tree.origin, files };
}

const decoded = new WeakMap<TreeFile, { readonly text: string | undefined }>();

/** The file's text, or undefined where there is no such file, it is a symbolic link, or it is not UTF-8 text. */
export function textAt(tree: Tree, path: string): string | undefined {
  const file = tree.files.get(path);
  if (file === undefined || file.mode === '120000') return undefined;
  const known = decoded.get(file) ?? { text: decode(file) };
  decoded.set(file, known);
  return known.text;
}

function decode(file: TreeFile): string | undefined {
  if (file.bytes.subarray(0, 8000).includes(0)) return undefined;
  try {
    return utf8.decode(file.bytes);
  } catch {
    return undefined;
  }
}

/** The paths below a folder (`''` is the root), sorted. */
export function pathsUnder(tree: Tree, folder: string): string[] {
  const prefix = folder === '' ? '' : `${folder.replace(/\/+$/, '')}/`;
  return [...tree.files.keys()].filter((path) => path.startsWith(prefix)).sort();
}

/** What stands at a path: a file, a folder (some file lies below it), or nothing. */
export function kindAt(tree: Tree, path: string): 'file' | 'folder' | 'absent' {
  if (tree.files.has(path)) return 'file';
  if (path === '' || path === '.') return 'folder';
  const known = folders.get(tree) ?? foldersOf(tree);
  folders.set(tree, known);
  return known.has(path) ? 'folder' : 'absent';
}

const folders = new WeakMap<Tree, ReadonlySet<string>>();

function foldersOf(tree: Tree): Set<string> {
  const found = new Set<string>();
  for (const path of tree.files.keys()) {
    let end = path.lastIndexOf('/');
    while (end > 0 && !found.has(path.slice(0, end))) {
      found.add(path.slice(0, end));
      end = path.lastIndexOf('/', end - 1);
    }
  }
  return found;
}
