import type { RemovedPath } from '../../model/plan.ts';
import { kindAt, type Tree } from '../../model/tree.ts';
import { folderOf } from '../../read/paths.ts';

/** The topmost paths that are gone: of a folder whose last file went, the folder. */
export function removedRoots(tree: Tree, removed: readonly RemovedPath[]): string[] {
  const gone = removed.map(({ path }) => path.replace(/\/+$/, '')).filter((path) => kindAt(tree, path) === 'absent');
  const roots = gone.map((path) => {
    let root = path;
    for (let above = folderOf(root); above !== '' && kindAt(tree, above) === 'absent'; above = folderOf(above))
      root = above;
    return root;
  });
  const distinct = [...new Set(roots)];
  return distinct.filter((root) => !distinct.some((other) => root.startsWith(`${other}/`))).sort();
}

/** Where the content of a path went, by the most exact removal that says so. */
export function movedTo(removed: readonly RemovedPath[], path: string): string | undefined {
  const clean = path.replace(/\/+$/, '');
  const [best] = removed
    .filter((one) => one.movedTo !== undefined && (clean === one.path || clean.startsWith(`${one.path}/`)))
    .sort((a, b) => b.path.length - a.path.length);
  return best?.movedTo === undefined ? undefined : `${best.movedTo}${clean.slice(best.path.length)}`;
}

/** A mention of a path below a root: the whole path as written, and where. */
export interface Mention {
  readonly path: string;
  /** Written as part of an absolute path, which may be of another machine. */
  readonly absolute: boolean;
  readonly span: readonly [start: number, end: number];
}

/** Mentions of a root in a line. Trailing dots and slashes end a sentence or a folder, and are no part of the path. */
export function mentionsOf(line: string, root: string): Mention[] {
  const mentions: Mention[] = [];
  for (let at = line.indexOf(root); at !== -1; at = line.indexOf(root, at + 1)) {
    const before = line.slice(0, at);
    const after = line.slice(at + root.length);
    if (/[\w.-]$/.test(before) || /^[\w-]|^\.\w/.test(after)) continue;
    if (/\.\.\/$/.test(before)) continue;
    const here = /(?:^|[\s"'=:`(])\.\/$|\$\{?CI_PROJECT_DIR\}?\/$/.test(before);
    const absolute = before.endsWith('/') && !here;
    const below = /^(?:\/[\w.@+*?[\]{},-]*)*/.exec(after)?.[0] ?? '';
    const rest = below.includes('{') ? below : (/^[^,}]*/.exec(below)?.[0] ?? '');
    const path = `${root}${rest}`.replace(/[.,/]+$/, '');
    mentions.push({ path, absolute, span: [at, at + path.length] });
  }
  return mentions;
}
