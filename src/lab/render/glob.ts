import type { Tree } from '../../model/tree.ts';

/** The files of a tree that a pattern with `*` and `?` in its last step names, sorted. */
export function globbed(tree: Tree, pattern: string): string[] {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  const expression = new RegExp(`^${source}$`);
  return [...tree.files.keys()].filter((path) => expression.test(path)).sort();
}
