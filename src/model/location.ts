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

/** The line starts of the text last asked about: findings come file by file. */
let known: { readonly text: string; readonly starts: readonly number[] } = { text: '', starts: [0] };

function lineColumn(text: string, offset: number): { line: number; column: number } {
  if (known.text !== text) known = { text, starts: lineStarts(text) };
  const { starts } = known;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
