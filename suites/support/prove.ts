import { type Claim, inShard, readShard, type Verdict } from '../../src/index.ts';
import { run } from './run.ts';

/** How many things a case looked at, what is wrong with them, and what it met, as a verdict carries it. */
interface Looked extends Pick<Verdict, 'seen' | 'note'> {
  readonly looked: number;
  readonly problems: readonly string[];
}

/** What a case found, or why it cannot tell. */
export type Found = Looked | { readonly unknown: string };

type Look<T> = (subject: T) => Promise<Found>;

/** A claim, and the look that tells whether it holds. */
export interface Case {
  readonly claim: Claim;
  readonly look: () => Promise<Found>;
}

/** Cases that were stated together. */
export interface Batch {
  /** Whether they disturb nobody, and may run side by side with each other and with other batches. */
  readonly together: boolean;
  readonly cases: readonly Case[];
  /** Milliseconds that one of them may take. */
  readonly within: number;
}

/** Above all the waiting one case may do: a Grafana's first start, its variables, both ways to ask a query. */
const toLook = 300_000;
/** One case may take all volumes away and back, on a machine that does other things as well. */
const toDisturb = 900_000;

/** What the suites of this process have stated, in their order. */
export const stated: Batch[] = [];

/** What is done when all cases are done. */
export const duties: (() => Promise<void>)[] = [];

/** States claims about the running stack, one case each, side by side. */
export function proveLive<T extends { readonly claim: Claim }>(subjects: readonly T[], look: Look<T>): void {
  state(subjects, onLab(look), { together: true, within: toLook });
}

/** States claims whose cases disturb the stack: one case after another, in the order given. */
export function proveOneByOne<T extends { readonly claim: Claim }>(subjects: readonly T[], look: Look<T>): void {
  state(subjects, onLab(look), { together: false, within: toDisturb });
}

/** States claims about the files alone. */
export function proveStatic<T extends { readonly claim: Claim }>(subjects: readonly T[], look: Look<T>): void {
  state(subjects, look, { together: true, within: toLook });
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

function state<T extends { readonly claim: Claim }>(
  subjects: readonly T[],
  look: Look<T>,
  how: Pick<Batch, 'together' | 'within'>,
): void {
  const mine = subjects.filter(({ claim }) => shard === undefined || inShard(shard, claim.id));
  stated.push({ ...how, cases: mine.map((subject) => ({ claim: subject.claim, look: () => look(subject) })) });
}
