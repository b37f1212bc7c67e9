import type { Pointer } from '../../model/location.ts';
import type { Service } from '../../model/stack.ts';
import { pathsUnder, type Tree, textAt } from '../../model/tree.ts';
import { baseOf } from '../../read/paths.ts';

/** A `${NAME}` in a text of a configuration, with its place. */
export interface Placeholder {
  readonly text: string;
  readonly name: string;
  readonly pointer: Pointer;
  readonly span: readonly [start: number, end: number];
}

/** Every `${NAME}` and `$NAME` (capital letters) in the texts of a value, those inside `{{ … }}` left out. */
export function placeholdersIn(value: unknown, pointer: Pointer = []): Placeholder[] {
  if (typeof value === 'string') return inText(value, pointer);
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => placeholdersIn(item, [...pointer, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) => placeholdersIn(held, [...pointer, key]));
}

/** Whether a step before the program's start may fill placeholders in: its own command, or a script that renders the file. */
export function mayBeFilledIn(tree: Tree, service: Service, file: string): string | undefined {
  const started = JSON.stringify([service.definition['entrypoint'] ?? null, service.definition['command'] ?? null]);
  if (/envsubst|\bsed\b|gomplate|\bsh\b|\.sh\b/.test(started)) return 'the command of its service may fill it in';
  const scripts = pathsUnder(tree, '').filter((path) => /\.(sh|ya?ml|py|mk)$|(^|\/)Makefile$/.test(path));
  const renders = scripts.find((path) => {
    const text = textAt(tree, path) ?? '';
    return /\benvsubst\b|\bgomplate\b/.test(text) && text.includes(baseOf(file));
  });
  return renders === undefined ? undefined : `"${renders}" may fill it in`;
}

function inText(text: string, pointer: Pointer): Placeholder[] {
  const plain = text.replace(/\{\{[\s\S]*?\}\}/g, (action) => ' '.repeat(action.length));
  return [...plain.matchAll(/\$\{([A-Za-z_]\w*)(?::?[-?+][^}]*)?\}|\$([A-Z][A-Z0-9_]{2,})\b/g)].map((match) => ({
    text: match[0],
    name: match[1] ?? match[2] ?? '',
    pointer,
    span: [match.index, match.index + match[0].length],
  }));
}
