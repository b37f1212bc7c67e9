import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { scratchFolder } from '../lab/scratch.ts';
import type { Tree } from '../model/tree.ts';

/** Writes a Tree into a new temporary folder and gives its path. Whoever asked removes it. */
export function writeTree(tree: Tree, name: string): string {
  const folder = scratchFolder(name);
  writeTreeTo(tree, folder);
  return folder;
}

/** Writes a Tree into a folder, which is made where it is not there. */
export function writeTreeTo(tree: Tree, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const file of tree.files.values()) {
    const path = join(folder, file.path);
    mkdirSync(dirname(path), { recursive: true });
    if (file.mode === '120000') {
      symlinkSync(Buffer.from(file.bytes).toString(), path);
    } else {
      writeFileSync(path, file.bytes);
      chmodSync(path, file.mode === '100755' ? 0o755 : 0o644);
    }
  }
}
