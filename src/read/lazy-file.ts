import type { FileMode, TreeFile } from '../model/tree.ts';

/** A file whose bytes are read at the first look and kept. */
export function lazyFile(path: string, mode: FileMode, read: () => Uint8Array): TreeFile {
  let kept: Uint8Array | undefined;
  return {
    path,
    mode,
    get bytes(): Uint8Array {
      kept ??= read();
      return kept;
    },
  };
}
