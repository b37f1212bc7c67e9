import { type Arrival, arrivals, type DeathSubject, deathSubjects } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut, run, shutDoor } from '../run.ts';
import { type Outcome, round } from './round.ts';

/** The round of all, and what had arrived before it. */
interface Together {
  readonly before: readonly Arrival[];
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

let all: Promise<Together> | undefined;

/**
 * A target of a job dies: the alerts that watch it fire in Prometheus, and their messages arrive by the real way;
 * it comes back: the alerts end, and word of that arrives where it is to be told. All die at once, to wait
 * once; where another's alert mutes one, that job's turn comes again, alone.
 */
export async function heardOf(subject: DeathSubject): Promise<Found> {
  const absent = await outOfReach(subject);
  if (absent !== undefined) return { unknown: absent };
  all ??= together();
  const { before, outcomes } = await all;
  const outcome = outcomes.get(subject.claim.id);
  if (outcome === undefined) throw new Error(`no target of "${subject.job.name}" was made to die`);
  if (!('muted' in outcome)) return outcome;
  // What was told before the other one muted it is not told again: to Alertmanager it never ended.
  const alone = (await round([subject], before)).get(subject.claim.id) ?? outcome;
  return 'muted' in alone ? { unknown: alone.muted } : alone;
}

async function together(): Promise<Together> {
  const subjects = deathSubjects(run.stack);
  const absent = await Promise.all(subjects.map(outOfReach));
  const before = await arrivals(lab());
  const outcomes = await round(
    subjects.filter((_, index) => absent[index] === undefined),
    before,
  );
  return { before, outcomes };
}

async function outOfReach({ service, prometheus, alertmanager }: DeathSubject): Promise<string | undefined> {
  const absent = service === undefined ? undefined : leftOut(service);
  if (absent !== undefined) return absent;
  for (const name of [prometheus.service, alertmanager]) {
    const absent = leftOut(name) ?? (await shutDoor(name));
    if (absent !== undefined) return absent;
  }
  return undefined;
}
