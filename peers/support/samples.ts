import fc from 'fast-check';

/** The same cases every time, unless `STACKPROOF_PEER_SEED` names another seed. */
const seed = Number(process.env['STACKPROOF_PEER_SEED'] ?? 2470);

/** Whether the cases are those of everybody's run. */
export const areUsual =
  process.env['STACKPROOF_PEER_SEED'] === undefined && process.env['STACKPROOF_PEER_FACTOR'] === undefined;

/** How many cases to make where a test makes `count` by default: `STACKPROOF_PEER_FACTOR` raises it. */
export function many(count: number): number {
  return Math.ceil(count * Number(process.env['STACKPROOF_PEER_FACTOR'] ?? 1));
}

/** Values an arbitrary makes, `count` times the factor of them. */
export function samples<T>(arbitrary: fc.Arbitrary<T>, count: number): T[] {
  return fc.sample(arbitrary, { numRuns: many(count), seed });
}

/** A seeded source of choices, for generators that walk a value and decide on the way. */
export interface Choices {
  /** A whole number from 0, below the given one. */
  readonly below: (end: number) => number;
  /** One of a list. @throws Error where it is empty. */
  readonly oneOf: <T>(list: readonly T[]) => T;
  /** True so many times in a hundred. */
  readonly chance: (percent: number) => boolean;
}

/** Choices that are the same for the same label and seed. */
export function choices(label: string): Choices {
  let state = seed;
  for (const letter of label) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((more ^ (more >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return {
    below,
    chance: (percent) => next() * 100 < percent,
    oneOf: (list) => {
      const index = below(list.length);
      const found = list[index];
      if (index >= list.length || found === undefined) throw new Error(`nothing to choose from for "${label}"`);
      return found;
    },
  };
}
