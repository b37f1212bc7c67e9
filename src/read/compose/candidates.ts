import type { Tree } from '../../model/tree.ts';
import { textAt } from '../../model/tree.ts';
import { baseOf } from '../paths.ts';
import { mentionsProduct } from './products.ts';

const composeName = /^(docker-compose|compose)[^/]*\.ya?ml$|-stack\.ya?ml$/i;
const largest = 1024 * 1024;

/** True for a file that is a compose file by its name. */
export function hasComposeName(path: string): boolean {
  return composeName.test(baseOf(path));
}

/**
 * The files that may be compose files: by name, or YAML with a `services:` key and an image or a build in it.
 * Only a text search, so that large repositories stay fast.
 */
export function composeCandidates(tree: Tree): string[] {
  return [...tree.files.keys()].filter((path) => /\.ya?ml$/i.test(path) && isCandidate(tree, path)).sort();
}

function isCandidate(tree: Tree, path: string): boolean {
  const file = tree.files.get(path);
  if (file === undefined || file.mode === '120000') return false;
  if (hasComposeName(path)) return true;
  if (file.bytes.length > largest) return false;
  if (!Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength).includes('services:')) return false;
  const text = textAt(tree, path);
  if (text === undefined) return false;
  return /^["']?services["']?:/m.test(text) && /^\s+(image|build):/m.test(text) && mentionsProduct(text);
}
