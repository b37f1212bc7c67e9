/** What is wrong with a scalar, as it follows its name ("is 5, no duration"); undefined where nothing is. */
export type Test = (value: unknown) => string | undefined;

/** What a record's own check says: where below the record, and what is wrong there, as it follows the name. */
export interface RecordFault {
  readonly route: readonly (string | number)[];
  readonly wrong: string;
  readonly hint?: string;
  readonly kind?: 'missing-key' | 'invalid-value' | 'conflict' | 'unknown-word';
}

type Entries = Readonly<Record<string, Shape>>;

/** The shape of a mapping with known keys. */
export interface RecordShape {
  readonly kind: 'record';
  /** What it is, for messages: "a scrape job". */
  readonly called: string;
  /** A function is asked once, when the first value of the shape is met: shapes may be recursive, and cost nothing unused. */
  readonly keys: Entries | (() => Entries);
  readonly required?: readonly string[];
  /** Keys that may be there besides: compose's `x-…`. */
  readonly open?: RegExp;
  /** What no single key shows. Asked only where the keys themselves have no fault. */
  readonly check?: (value: Readonly<Record<string, unknown>>) => readonly RecordFault[];
}

/** The shape a value of a configuration has. Built with the functions below; plain data, made once, cheap to walk. */
export type Shape =
  | { readonly kind: 'scalar'; readonly test: Test; readonly mayGrow: boolean }
  | { readonly kind: 'list'; readonly of: Shape; readonly check?: ListCheck }
  | { readonly kind: 'map'; readonly of: Shape; readonly key?: Test }
  | { readonly kind: 'either'; readonly choices: readonly Shape[] }
  | { readonly kind: 'nullable'; readonly of: Shape }
  | { readonly kind: 'anything' }
  | RecordShape;

type ListCheck = (value: readonly unknown[]) => readonly RecordFault[];

/**
 * A text, number or truth that a test accepts. The test of a secret must not print its value. `mayGrow` says that a newer
 * version may accept more, as with one word of a list: the problem is then an `unknown-word`.
 */
export const scalar = (test: Test, { mayGrow = false } = {}): Shape => ({ kind: 'scalar', test, mayGrow });

/** A list of values of one shape. */
export const list = (of: Shape, check?: ListCheck): Shape =>
  check === undefined ? { kind: 'list', of } : { kind: 'list', of, check };

/** A mapping with free keys, which a test may judge. */
export const map = (of: Shape, key?: Test): Shape =>
  key === undefined ? { kind: 'map', of } : { kind: 'map', of, key };

/** A mapping with known keys; any other key is a fault, or those that `open` does not match. */
export const record = (
  called: string,
  keys: RecordShape['keys'],
  more: Pick<RecordShape, 'required' | 'open' | 'check'> = {},
): RecordShape => ({ kind: 'record', called, keys, ...more });

/** One of several shapes. The first whose kind (scalar, list, mapping) is the value's is the one that is meant. */
export const either = (...choices: readonly Shape[]): Shape => ({ kind: 'either', choices });

/** A shape whose value may be null where null is no missing key (see `problemsOf`). */
export const nullable = (of: Shape): Shape => ({ kind: 'nullable', of });

/** Any value. */
export const anything: Shape = { kind: 'anything' };
