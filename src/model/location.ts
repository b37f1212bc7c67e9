/** The route of keys and indices from a document's root to a value. */
export type Pointer = readonly (string | number)[];

/**
 * A place by name, not by counting lines: a file, and in it either a pointer into its value or a span of characters.
 * Without both it is the whole file. `part` says whether a mapping's key or its value is meant (default: value).
 */
export interface Place {
  readonly file: string;
  readonly pointer?: Pointer;
  readonly part?: 'key' | 'value';
  /** Offsets in UTF-16 units, end exclusive; relative to the file, or to the scalar at `pointer` when both are given. */
  readonly span?: readonly [start: number, end: number];
}

/** Lines and columns from 1; the end is exclusive. */
export interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A value together with the place it was written at. */
export interface Located<T> {
  readonly value: T;
  readonly at: Place;
}

/** `a.b[0].c`, for messages and ids. */
export function pointerText(pointer: Pointer): string {
  return pointer
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}

/** The range of a span in a text. */
export function rangeOf(text: string, start: number, end: number): Range {
  const from = lineColumn(text, start);
  const to = lineColumn(text, Math.max(start, end));
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/** The line starts of the texts last asked about: a finding and what is related to it are often of two or three files. */
const known = new Map<string, readonly number[]>();
const mostKnown = 16;

function lineColumn(text: string, offset: number): { line: number; column: number } {
  const starts = startsOf(text);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

function startsOf(text: string): readonly number[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const starts = lineStarts(text);
  known.set(text, starts);
  return starts;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
