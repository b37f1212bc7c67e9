import {
  baseUrl,
  droppedLines,
  eventually,
  type LogJobSubject,
  type Tally,
  tally,
  tallyProblems,
  writeLines,
} from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, run } from '../run.ts';
import { complaints } from './dropped.ts';
import { linesAt, type Place } from './look.ts';
import { newWord, type Shipped, ship } from './ship.ts';

/** How many numbered lines are written for each job. */
const count = 200;

/** Numbered lines that went through a job, or what became of them. */
export interface Delivery {
  readonly found: Found;
  readonly shipped?: Shipped;
  readonly word: string;
  readonly count: number;
}

const known = new Map<string, Promise<Delivery>>();

/** Every numbered line that is written where the job reads arrives in Loki, once and in order. */
export async function delivers(subject: LogJobSubject): Promise<Found> {
  return (await delivery(subject)).found;
}

/** The numbered lines of a job, written once. */
export function delivery(subject: LogJobSubject): Promise<Delivery> {
  const before = known.get(subject.claim.id) ?? deliver(subject);
  known.set(subject.claim.id, before);
  return before;
}

async function deliver(subject: LogJobSubject): Promise<Delivery> {
  const shipped = await ship(subject);
  const word = newWord();
  if ('unknown' in shipped) return { found: shipped, word, count };
  if ('problems' in shipped) return { found: { looked: 1, problems: shipped.problems }, word, count };
  const dropped = (): Promise<number | undefined> => droppedLines(lab(), baseUrl(lab(), run.stack, subject.service));
  const before = await dropped();
  await writeNumbers(shipped, word, 1, count);
  const problems: string[] = [];
  for (const place of shipped.places) {
    const seen = await whenComplete(place, word, count);
    problems.push(...tallyProblems(seen, count, `in "${place.loki}"`));
  }
  const more = problems.length === 0 ? 0 : ((await dropped()) ?? 0) - (before ?? 0);
  // A stage that lets so many through and no more (`limit`, `sampling`) does what it is written for.
  if (more > 0) return { found: { unknown: `its pipeline dropped ${more} lines on purpose` }, word, count };
  if (problems.length > 0) problems.push(...[await complaints(subject.service)].filter(Boolean));
  return { found: { looked: count * shipped.places.length, problems }, shipped, word, count };
}

/** Writes the lines `from` to `to` in the shape that gets through. */
export function writeNumbers({ feed, shape }: Shipped, word: string, from: number, to: number): Promise<void> {
  const time = new Date().toISOString();
  const lines = Array.from({ length: to - from + 1 }, (_, index) => shape(`${word}-${from + index}`, time));
  return writeLines(lab(), feed, lines);
}

/** What is there when all lines are, or when nothing more comes. */
export async function whenComplete(place: Place, word: string, all: number, within = 60_000): Promise<Tally> {
  let last = tally([], word, all);
  await eventually(
    `${all} lines`,
    async () => {
      last = tally(await linesAt(place, word), word, all);
      return last.missing.length === 0 ? { done: true, value: true } : { done: false, seen: `${last.seen} lines` };
    },
    { within },
  ).catch(() => undefined);
  return last;
}
