import { foldersAbove } from './paths.ts';

// Letters of scripts that set words apart; in others a path may stand between letters.
const wordBefore = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}_.-]$/u;
const wordBehind = /^\.?[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}_-]/u;

/** A mention of a path in a text. */
export interface Mention {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a text mentions a path of the repository: the whole path, not a part of a longer name, and not the end of
 * another path that `exists` knows (`docs/ops/stack` is no mention of `ops/stack` if there is a `docs/ops/stack`).
 */
export function mentions(text: string, path: string, exists: (path: string) => boolean): Mention[] {
  const found: Mention[] = [];
  for (let at = text.indexOf(path); at !== -1; at = text.indexOf(path, at + 1)) {
    const end = at + path.length;
    if (endsWord(text, end) && beginsWord(text, at) && !isTail(text, at, path, exists)) found.push({ start: at, end });
  }
  return found;
}

/** Whether a name may begin at an offset: nothing before it belongs to the same word. */
export function beginsWord(text: string, at: number): boolean {
  return !wordBefore.test(text.slice(Math.max(0, at - 2), at));
}

/** Whether a name may end at an offset. */
export function endsWord(text: string, end: number): boolean {
  return !wordBehind.test(text.slice(end, end + 3));
}

/** Whether the mention is the end of a longer path that is there. */
function isTail(text: string, at: number, path: string, exists: (path: string) => boolean): boolean {
  const before = /[A-Za-z0-9_.@+-]+(?:\/[A-Za-z0-9_.@+-]+)*\/$/.exec(text.slice(Math.max(0, at - 300), at))?.[0];
  if (before === undefined) return false;
  const segments = before.split('/').slice(0, -1);
  return segments.some((_, from) => exists(`${segments.slice(from).join('/')}/${path}`));
}

/** Every path and folder of a set of files. */
export function knownPaths(files: ReadonlyMap<string, unknown>): Set<string> {
  const known = new Set<string>();
  for (const path of files.keys()) {
    known.add(path);
    for (const folder of foldersAbove(path)) known.add(folder);
  }
  return known;
}
