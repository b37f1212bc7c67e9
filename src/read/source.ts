import type { Pointer } from '../model/location.ts';

/** Offsets in UTF-16 units, end exclusive. */
export type Span = readonly [start: number, end: number];

/** What a parser objects to, in its own words. */
export interface Problem {
  readonly kind: 'syntax' | 'duplicate-key';
  readonly message: string;
  readonly span: Span;
  readonly hint?: string;
}

/** Where a pointer, or the nearest ancestor that exists, is written. */
export interface Found {
  /** Steps of the pointer that exist. */
  readonly depth: number;
  readonly key?: Span;
  readonly value: Span;
  /** The offset in the file of an offset inside the scalar's value. */
  readonly offset: (inside: number) => number;
}

/** A parsed file: its value (undefined where it does not parse) and the places of everything in it. */
export interface Source {
  readonly text: string;
  readonly value: unknown;
  readonly problems: readonly Problem[];
  readonly find: (pointer: Pointer) => Found;
}

/** The source of a file that does not parse: every place in it is the file's start. */
export function brokenSource(text: string, problems: readonly Problem[]): Source {
  return { text, value: undefined, problems, find: () => wholeFile };
}

/** The place of last resort. */
export const wholeFile: Found = { depth: 0, value: [0, 0], offset: (inside) => inside };
