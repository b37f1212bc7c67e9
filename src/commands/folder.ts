import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Tree } from '../model/tree.ts';

/** Writes a Tree into a new temporary folder and gives its path. Whoever asked removes it. */
export function writeTree(tree: Tree, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `stackproof-${name}-`));
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
  return folder;
}
