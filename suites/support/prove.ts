import { describe, type ExpectStatic, it } from 'vitest';
import { type Claim, inShard, readShard, type Verdict } from '../../src/index.ts';
import { run } from './run.ts';

declare module 'vitest' {
  interface TaskMeta {
    claim?: string;
    looked?: number;
    /** Why nothing is known of the claim. */
    unknown?: string;
    seen?: string;
    note?: string;
  }
}

/** How many things a case looked at, what is wrong with them, and what it met, as a verdict carries it. */
interface Looked extends Pick<Verdict, 'seen' | 'note'> {
  readonly looked: number;
  readonly problems: readonly string[];
}

/** What a case found, or why it cannot tell. */
export type Found = Looked | { readonly unknown: string };

type Look<T> = (subject: T) => Promise<Found>;

/** States claims about the running stack, one case each, side by side. */
export function proveLive<T extends { readonly claim: Claim }>(
  suite: string,
  subjects: readonly T[],
  look: Look<T>,
): void {
  describe.concurrent(suite, () => state(subjects, onLab(look)));
}

/** States claims whose cases disturb the stack: one case after another, in the order given. */
export function proveOneByOne<T extends { readonly claim: Claim }>(
  suite: string,
  subjects: readonly T[],
  look: Look<T>,
): void {
  describe(suite, () => state(subjects, onLab(look)));
}

/** States claims about the files alone. */
export function proveStatic<T extends { readonly claim: Claim }>(
  suite: string,
  subjects: readonly T[],
  look: Look<T>,
): void {
  describe.concurrent(suite, () => state(subjects, look));
}

function onLab<T>(look: Look<T>): Look<T> {
  const { lab } = run;
  return async (subject) => {
    if ('unavailable' in lab) return { unknown: lab.unavailable };
    if ('failed' in lab) throw new Error(lab.failed);
    return look(subject);
  };
}

/** The part of the cases this process runs; all where none is named. */
const shard = readShard(process.env['STACKPROOF_SHARD'] ?? '');

function state<T extends { readonly claim: Claim }>(subjects: readonly T[], look: Look<T>): void {
  const mine = subjects.filter(({ claim }) => shard === undefined || inShard(shard, claim.id));
  if (mine.length === 0) it('has no subject here', (context) => context.skip('nothing to look at'));
  for (const subject of mine) {
    it(subject.claim.subject, async (context) => {
      context.task.meta.claim = subject.claim.id;
      const found = await look(subject);
      if ('unknown' in found) {
        context.task.meta.unknown = found.unknown;
        context.skip(`unknown: ${found.unknown}`);
      } else {
        const { looked, seen, note } = found;
        Object.assign(context.task.meta, { looked, ...(seen && { seen }), ...(note && { note }) });
        hold(context.expect, found);
      }
    });
  }
}

/** A claim that does not hold: its message is what is wrong, without an assertion's own words around it. */
class ClaimFailed extends Error {
  override readonly name = 'AssertionError';
}

function hold(expect: ExpectStatic, found: { readonly looked: number; readonly problems: readonly string[] }): void {
  if (found.problems.length > 0) throw new ClaimFailed(found.problems.join('\n'));
  expect(found.looked, 'a case that looks at nothing proves nothing').toBeGreaterThan(0);
}
