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

function lineColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  let line = 1;
  for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1)) line += 1;
  return { line, column: offset - lastBreak };
}
