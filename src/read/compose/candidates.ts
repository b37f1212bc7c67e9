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
 * Marks that another program, such as Ansible, fills in before the file is used, where no template of Docker's own or
 * of a label can stand: a statement, an image, the beginning of a port or a path, a value without quotes. What the file
 * will be cannot be told.
 */
const blanks: readonly RegExp[] = [
  /^\s*\{%/m,
  /^\s*image:[^#\n]*\{\{/m,
  /^\s*-\s*["']?\{\{[^}\n]*\}\}[:/]/m,
  /^\s*(?:-\s+)?[\w.-]+:\s+\{\{\s*\w+\s*(?:\||\}\})/m,
];

/** Whether a file is there to be filled in by another program. */
function isBlankForm(tree: Tree, path: string): boolean {
  const text = textAt(tree, path) ?? '';
  return (text.includes('{{') || text.includes('{%')) && blanks.some((blank) => blank.test(text));
}

/**
 * The files that may be compose files: by name, or YAML with a `services:` key and an image or a build in it.
 * Only a text search, so that large repositories stay fast.
 */
export function composeCandidates(tree: Tree): string[] {
  return [...tree.files.keys()]
    .filter((path) => /\.ya?ml$/i.test(path) && isCandidate(tree, path) && !isBlankForm(tree, path))
    .sort();
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
