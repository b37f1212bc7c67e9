import {
  type Arrival,
  activeTargets,
  arrivals,
  baseUrl,
  type DeathSubject,
  eventually,
  type Labels,
  messageOf,
  notStarted,
  type SeenTarget,
} from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, run } from '../run.ts';
import { alertsAbout } from './alerts.ts';
import { mortalOf } from './death.ts';
import { allOver, type Followed, follow } from './follow.ts';

/** What came of the death of one target; `muted` where every alert about it was muted by another. */
export type Outcome = Found | { readonly muted: string };

const patience = { within: 60_000 };
/** Longer than the rendered `group_interval`: by then Alertmanager has told what there was to tell. */
const steady = 7_000;

/**
 * Lets a target of each of some jobs die together, follows every alert to its receivers, and back again. Afterwards every
 * service runs and answers, whatever was found.
 * @param before what had arrived before any of them died, in this round or an earlier one
 */
export async function round(
  subjects: readonly DeathSubject[],
  before: readonly Arrival[],
): Promise<Map<string, Outcome>> {
  const targets = await Promise.all(subjects.map(alive));
  const mortals = new Map(
    subjects.flatMap((subject, index) => {
      const target = targets[index];
      const mortal = target === undefined ? undefined : mortalOf(subject, target);
      return mortal === undefined ? [] : [[mortal.name, mortal] as const];
    }),
  );
  const all = [...mortals.values()];
  let followed: (Followed | undefined)[] = [];
  let during: Arrival[] = [];
  try {
    await Promise.all(all.map(({ die }) => die()));
    followed = await Promise.all(
      subjects.map((subject, index) => {
        const target = targets[index];
        return target === undefined ? undefined : follow(subject, target.labels, before);
      }),
    );
    // Before they live again: of those that are quick to recover word comes while the others still start.
    during = await arrivals(lab());
  } finally {
    await Promise.all(all.map(({ live }) => live()));
  }
  const outcomes = await Promise.all(
    subjects.map(async (subject, index) => {
      const target = targets[index];
      const seen = followed[index];
      if (target === undefined || seen === undefined)
        return { unknown: `its target is not up, or an alert about it fires, before anything is done` };
      return outcomeOf(seen, [...(await back(subject, target.labels)), ...(await allOver(seen, during))]);
    }),
  );
  await Promise.all(all.map(({ service }) => (service === undefined ? undefined : answers(service))));
  return new Map(
    subjects.map((subject, index) => [subject.claim.id, outcomes[index] ?? { unknown: 'nothing was done' }]),
  );
}

function outcomeOf({ problems, alerts, muted }: Followed, later: readonly string[]): Outcome {
  const all = [...problems, ...later];
  if (all.length === 0 && muted !== undefined && alerts.every(({ mutedBy }) => mutedBy.length > 0)) return { muted };
  const looked = alerts.reduce((sum, { fires, ends }) => sum + 2 + fires.length + ends.length, 0);
  return { looked, problems: [...new Set(all)] };
}

/**
 * The target once it is up and no alert about it fires, and has not for a while: of one that has just ended
 * Alertmanager may not have told yet, and then a new one is no news to it. Undefined where that does not come true.
 */
async function alive(subject: DeathSubject): Promise<SeenTarget | undefined> {
  let since: number | undefined;
  return eventually(
    `the target of job "${subject.job.name}" is up`,
    async () => {
      const target = await targetOf(subject);
      const alerts = await Promise.all(
        subject.alerts.map(({ name }) => alertsAbout(subject, name, target?.labels ?? {})),
      );
      const quiet = target?.health === 'up' && alerts.flat().length === 0;
      since = quiet ? (since ?? Date.now()) : undefined;
      const seen = `${target?.health ?? 'no target'}, ${alerts.flat().length} alerts`;
      const long = since !== undefined && Date.now() - since >= steady;
      return long ? { done: true, value: target } : { done: false, seen };
    },
    { within: 120_000 },
  ).catch(() => undefined);
}

/** The target that dies, as Prometheus has it: the one with the labels that the files give it. */
async function targetOf({ prometheus, job, target }: DeathSubject): Promise<SeenTarget | undefined> {
  const all = await activeTargets(lab(), baseUrl(lab(), run.stack, prometheus.service));
  const mine = all.filter((one) => one.job === job.name);
  const same = mine.find(({ labels }) => labels['instance'] === target['instance']);
  return same ?? (mine.length === 1 ? mine[0] : undefined);
}

/** Prometheus sees the target again, and the alerts about it are over. */
async function back(subject: DeathSubject, target: Labels): Promise<string[]> {
  try {
    await eventually(
      `job "${subject.job.name}" recovers`,
      async () => {
        const health = (await targetOf(subject))?.health;
        if (health !== 'up') return { done: false, seen: `the target is ${health ?? 'gone'}` };
        const alerts = await Promise.all(subject.alerts.map(({ name }) => alertsAbout(subject, name, target)));
        const left = alerts.flat().map(({ labels, state }) => `"${labels['alertname']}" is ${state}`);
        return left.length === 0 ? { done: true, value: true } : { done: false, seen: left.join(', ') };
      },
      patience,
    );
    return [];
  } catch (problem) {
    return [messageOf(problem)];
  }
}

async function answers(name: string): Promise<void> {
  const service = run.stack.services.find((one) => one.name === name);
  if (service === undefined) return;
  await eventually(
    `service "${name}" answers again`,
    async () => {
      const silent = await notStarted(lab(), run.stack, service);
      return silent === undefined ? { done: true, value: true } : { done: false, seen: silent };
    },
    { within: 120_000 },
  );
}
