import type { RecordFault } from './shape.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** Whether a key is written with something: Go takes null for nothing, and an empty text or 0 for what it has anyway. */
export const has = (value: Mapping, key: string): boolean => {
  const held = Object.hasOwn(value, key) ? value[key] : undefined;
  return held !== undefined && held !== null && held !== '' && held !== false && held !== 0;
};

/** Whether a key is written at all, empty or not. */
export const isWritten = (value: Mapping, key: string): boolean =>
  Object.hasOwn(value, key) && value[key] !== undefined && value[key] !== null;

/** Keys of which at most one may be there: the second one is the fault. */
export const atMostOne = (value: Mapping, ...keys: readonly string[]): RecordFault[] => {
  const [first, second] = keys.filter((key) => has(value, key));
  return first === undefined || second === undefined
    ? []
    : [{ route: [second], wrong: `stands beside "${first}", and only one of the two may`, kind: 'conflict' }];
};

/** One key that only goes with another. */
export const needs = (value: Mapping, key: string, other: string): RecordFault[] =>
  !has(value, key) || has(value, other)
    ? []
    : [{ route: [key], wrong: `is of no use without "${other}"`, kind: 'missing-key' }];

/** Keys of which one must be there. */
export const oneNeeded = (value: Mapping, ...keys: readonly string[]): RecordFault[] =>
  keys.some((key) => has(value, key))
    ? []
    : [{ route: [], wrong: `has no ${keys.map((key) => `"${key}"`).join(' and no ')}`, kind: 'missing-key' }];

/** Keys whose default goes where null is written, and whose zero will not do: Go sets them to it. */
export const notNull = (value: Mapping, ...keys: readonly string[]): RecordFault[] =>
  keys.flatMap((key) =>
    Object.hasOwn(value, key) && value[key] === null
      ? [{ route: [key], wrong: 'is empty, which takes its default away', kind: 'missing-key' as const }]
      : [],
  );

/** A list in which null is no entry: Go's readers keep it as an empty one and then refuse it. */
export const noNulls = (value: readonly unknown[]): RecordFault[] =>
  value.flatMap((item, index) =>
    item === null ? [{ route: [index], wrong: 'is empty', kind: 'missing-key' as const }] : [],
  );

/** A mapping below a key; an empty one where there is none. */
export const below = (value: Mapping, key: string): Mapping => {
  const held = Object.hasOwn(value, key) ? value[key] : undefined;
  return isMapping(held) ? held : {};
};

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
