import { messageOf } from '../model/message.ts';
import { tellWaiting } from './waiting.ts';

/** Thrown when an observation never became what was waited for; carries the last thing seen. */
export class NeverHappened extends Error {
  override readonly name = 'NeverHappened';
}

/** How long to wait and how often to look, in milliseconds. */
export interface Patience {
  readonly within?: number;
  readonly every?: number;
}

/** What one look gave: `done` with a value, or what was seen instead. */
export type Look<T> = { readonly done: true; readonly value: T } | { readonly done: false; readonly seen: string };

/**
 * The only way to wait: looks again and again (at most 250 ms between looks) until `look` says done.
 * A look that throws counts as "not yet" and its message as what was seen.
 * @throws NeverHappened with `what`, the time waited and the last thing seen.
 */
export async function eventually<T>(what: string, look: () => Promise<Look<T>>, patience: Patience = {}): Promise<T> {
  const within = patience.within ?? 30_000;
  const every = Math.min(patience.every ?? 200, 250);
  const start = Date.now();
  const end = start + within;
  let told = start;
  let seen = 'nothing yet';
  for (;;) {
    try {
      const now = await look();
      if (now.done) return now.value;
      seen = now.seen;
    } catch (problem) {
      seen = messageOf(problem);
    }
    if (Date.now() - told >= 1_000) {
      told = Date.now();
      tellWaiting({ waiting: what, seen, seconds: Math.round((told - start) / 1_000) });
    }
    if (Date.now() >= end) throw new NeverHappened(`${what}: not within ${within / 1000} s; last seen: ${seen}`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

/** A look that is done when the value is defined. */
export function present<T>(value: T | undefined, seen: string): Look<T> {
  return value === undefined ? { done: false, seen } : { done: true, value };
}

/**
 * Waits until `read` has given the same text for `quiet` milliseconds in a row, and returns it: the way to say
 * that nothing else came. Bounded by `patience.within`.
 */
export async function settled(
  what: string,
  read: () => Promise<string>,
  quiet: number,
  patience: Patience = {},
): Promise<string> {
  let last = await read();
  let since = Date.now();
  return eventually(
    what,
    async () => {
      const now = await read();
      if (now !== last) {
        last = now;
        since = Date.now();
      }
      return Date.now() - since >= quiet ? { done: true, value: now } : { done: false, seen: 'still changing' };
    },
    { within: quiet + 60_000, ...patience },
  );
}
