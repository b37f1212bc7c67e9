import type { Tree, TreeFile } from '../model/tree.ts';

/** What became of one file. A moved file may be edited as well. */
export type Change =
  | { readonly kind: 'added'; readonly after: TreeFile }
  | { readonly kind: 'deleted'; readonly before: TreeFile }
  | { readonly kind: 'edited'; readonly before: TreeFile; readonly after: TreeFile }
  | { readonly kind: 'moved'; readonly before: TreeFile; readonly after: TreeFile; readonly similarity: number };

const leastSimilar = 50;

/**
 * The differences of two trees by path, sorted. A file that is gone and one that is new are one move where their
 * content is the same, or at least half of their lines are; those of the same name first.
 */
export function changesOf(base: Tree, candidate: Tree): Change[] {
  const gone = [...base.files.values()].filter((file) => !candidate.files.has(file.path)).sort(byPath);
  const fresh = [...candidate.files.values()].filter((file) => !base.files.has(file.path)).sort(byPath);
  const moves = movesOf(gone, fresh);
  const movedTo = new Set(moves.map((move) => move.after.path));
  const movedFrom = new Set(moves.map((move) => move.before.path));
  const edited = [...candidate.files.values()].flatMap((after): Change[] => {
    const before = base.files.get(after.path);
    return before === undefined || sameFile(before, after) ? [] : [{ kind: 'edited', before, after }];
  });
  const changes: Change[] = [
    ...edited,
    ...moves,
    ...gone.filter((file) => !movedFrom.has(file.path)).map((before): Change => ({ kind: 'deleted', before })),
    ...fresh.filter((file) => !movedTo.has(file.path)).map((after): Change => ({ kind: 'added', after })),
  ];
  return changes.sort((a, b) => compare(pathOf(a), pathOf(b)));
}

/** The path a change is listed under: that in the candidate, or the one that is gone. */
export function pathOf(change: Change): string {
  return change.kind === 'deleted' ? change.before.path : change.after.path;
}

/** Whether two files have the same mode and bytes. */
export function sameFile(a: TreeFile, b: TreeFile): boolean {
  return a.mode === b.mode && (a === b || sameBytes(a.bytes, b.bytes));
}

/** Whether a file's content is binary to git: it holds a NUL, or cannot be written in a patch of UTF-8 text. */
export function isBinary(bytes: Uint8Array): boolean {
  if (bytes.subarray(0, 8000).includes(0)) return true;
  return !sameBytes(Buffer.from(decode(bytes), 'utf8'), bytes);
}

/** Bytes as text, byte order mark included. */
export function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

type Move = Extract<Change, { kind: 'moved' }>;

function movesOf(gone: readonly TreeFile[], fresh: readonly TreeFile[]): Move[] {
  const moves: Move[] = [];
  const left = new Set(fresh);
  const pair = (before: TreeFile, similar: (after: TreeFile) => number): boolean => {
    let best: Move | undefined;
    for (const after of left) {
      if (after.mode !== before.mode) continue;
      const similarity = similar(after);
      if (similarity >= leastSimilar && similarity > (best?.similarity ?? 0)) {
        best = { kind: 'moved', before, after, similarity };
      }
    }
    if (best === undefined) return false;
    left.delete(best.after);
    moves.push(best);
    return true;
  };
  const changed = gone.filter((before) => {
    const exactly = (named: number) => (after: TreeFile) =>
      before.bytes.length > 0 && sameBytes(before.bytes, after.bytes) && (named === 0 || sameName(before, after))
        ? 100
        : 0;
    return !pair(before, exactly(1)) && !pair(before, exactly(0));
  });
  const renamed = changed.filter(
    (before) => !pair(before, (after) => (sameName(before, after) ? similarity(before, after) : 0)),
  );
  for (const before of renamed) pair(before, (after) => similarity(before, after));
  return moves;
}

/** The share of lines that both have, in percent; below 100 where the bytes differ. */
function similarity(a: TreeFile, b: TreeFile): number {
  if (isBinary(a.bytes) || isBinary(b.bytes)) return 0;
  const one = decode(a.bytes).split('\n');
  const other = decode(b.bytes).split('\n');
  const counts = new Map<string, number>();
  for (const line of one) counts.set(line, (counts.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of other) {
    const count = counts.get(line) ?? 0;
    if (count === 0) continue;
    counts.set(line, count - 1);
    common += 1;
  }
  return Math.min(99, Math.floor((100 * common) / Math.max(one.length, other.length)));
}

function sameName(a: TreeFile, b: TreeFile): boolean {
  return a.path.split('/').at(-1) === b.path.split('/').at(-1);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || Buffer.compare(a, b) === 0;
}

function byPath(a: TreeFile, b: TreeFile): number {
  return compare(a.path, b.path);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
