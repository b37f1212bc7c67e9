import { posix } from 'node:path';
import type { Tree } from '../model/tree.ts';
import { textAt } from '../model/tree.ts';
import { folderOf, insideRepository } from './paths.ts';

/** The text at a path, through symbolic links that stay inside the tree (ten at most). */
export function followLinks(tree: Tree, path: string): string | undefined {
  let here = path;
  for (let hop = 0; hop < 10; hop += 1) {
    const file = tree.files.get(here);
    if (file?.mode !== '120000') return textAt(tree, here);
    const target = new TextDecoder().decode(file.bytes);
    const next = posix.isAbsolute(target) ? undefined : insideRepository(folderOf(here), target);
    if (next === undefined) return undefined;
    here = next;
  }
  return undefined;
}
