import {
  containerState,
  eventually,
  type LogRestartSubject,
  logJobSubjects,
  notStarted,
  recreateService,
  tallyProblems,
} from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut, run } from '../run.ts';
import { whenComplete, writeNumbers } from './delivered.ts';
import { complaints } from './dropped.ts';
import { newWord, type Shipped, ship } from './ship.ts';

/** The lines written before the container goes, and after it has come back; while it is away, a few a moment. */
const before = 50;
const after = 20;
const atOnce = 3;

/**
 * Numbered lines are written before, while and after the container of a service is made anew, as every deployment does
 * it. The last line is the mark: a job reads its file in order, so when it is there, all that would come again has come.
 */
export async function survives({ service }: LogRestartSubject): Promise<Found> {
  const absent = leftOut(service);
  if (absent !== undefined) return { unknown: absent };
  const all = await Promise.all(logJobSubjects(run.stack).map(ship));
  const open = all.filter((one): one is Shipped => 'places' in one && concerns(one, service));
  if (open.length === 0) return { unknown: `no job through "${service}" delivers lines that could be lost` };
  // A word for each job: another's streams may be among those it is looked for in.
  const jobs = open.map((one) => ({ ...one, word: newWord() }));
  const write = (from: number, to: number): Promise<unknown> =>
    Promise.all(jobs.map((one) => writeNumbers(one, one.word, from, to)));
  await write(1, before);
  for (const { places, word } of jobs) for (const place of places) await whenComplete(place, word, before);
  const last = await writeWhile(recreateService(lab(), service), before, write);
  await whole(service);
  const count = last + after;
  await write(last + 1, count);
  const problems: string[] = [];
  for (const { subject, places, word } of jobs) {
    for (const place of places) {
      const seen = await whenComplete(place, word, count, 120_000);
      problems.push(
        ...tallyProblems(seen, count, `of ${subject.claim.subject.replace(/ delivers$/, '')} in "${place.loki}"`),
      );
    }
  }
  if (problems.length > 0) problems.push(...[await complaints(service)].filter(Boolean));
  return { looked: count * open.length, problems };
}

function concerns({ subject, places }: Shipped, service: string): boolean {
  return subject.service === service || places.some(({ loki }) => loki === service);
}

/** Goes on writing until the work is done; gives the number of the last line. */
async function writeWhile(
  work: Promise<void>,
  from: number,
  write: (from: number, to: number) => Promise<unknown>,
): Promise<number> {
  let last = from;
  let over = false;
  const done = work.finally(() => {
    over = true;
  });
  const writing = eventually(
    'the container is made anew',
    async () => {
      await write(last + 1, last + atOnce);
      last += atOnce;
      return over ? { done: true, value: true } : { done: false, seen: `${last} lines written` };
    },
    { within: 120_000 },
  );
  await Promise.all([done, writing]);
  return last;
}

/** The suites that come after find the service as it was: running, healthy where it has a measure, and answering. */
async function whole(service: string): Promise<void> {
  const made = run.stack.services.find((one) => one.name === service);
  await eventually(
    `service "${service}" is back`,
    async () => {
      const { status, health } = await containerState(lab(), service);
      const up = status === 'running' && (health === undefined || health === 'healthy');
      if (!up || made === undefined)
        return { done: false, seen: `status ${status}, health ${health ?? 'not checked'}` };
      const silent = await notStarted(lab(), run.stack, made);
      return silent === undefined ? { done: true, value: true } : { done: false, seen: silent };
    },
    { within: 120_000 },
  );
}
