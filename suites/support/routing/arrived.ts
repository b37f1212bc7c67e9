import {
  type AlertSubject,
  type Arrival,
  alertmanagerReady,
  arrivals,
  baseUrl,
  eventually,
  postAlerts,
  settled,
} from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut, run } from '../run.ts';
import { type Case, cases } from './posted.ts';

/** Longer than the rendered `group_wait` and `group_interval` together: what has not come by then does not come. */
const quiet = 7_000;
let posting: Promise<void> | undefined;

/** The alert's message arrives at every integration its routes name. That it arrives nowhere else is a case of its own. */
export async function arrived(subject: AlertSubject): Promise<Found> {
  const absent = leftOut(subject.alertmanager);
  if (absent !== undefined) return { unknown: absent };
  const posted = cases.find((one) => one.subject.claim.id === subject.claim.id);
  if (posted === undefined) throw new Error(`no case was posted for "${subject.alert.name}"`);
  await postedOnce(subject.alertmanager);
  if (posted.expected.length === 0) {
    return { looked: 1, problems: [`alert "${subject.alert.name}" reaches no receiver with an integration`] };
  }
  try {
    await eventually(
      `alert "${subject.alert.name}" arrives at ${posted.expected.join(', ')}`,
      async () => {
        const places = placesOf(posted, await arrivals(lab()));
        const missing = posted.expected.filter((place) => !places.includes(place));
        return missing.length === 0
          ? { done: true, value: places }
          : { done: false, seen: `not at ${missing.join(', ')}` };
      },
      { within: 40_000 },
    );
    return { looked: posted.expected.length, problems: [] };
  } catch (problem) {
    return { looked: posted.expected.length, problems: [problem instanceof Error ? problem.message : String(problem)] };
  }
}

/** After a quiet window no alert of ours has arrived anywhere but where its routes say. */
export async function onlyExpected(): Promise<Found> {
  const first = cases[0];
  if (first === undefined) return { unknown: 'no alert was posted' };
  const absent = leftOut(first.subject.alertmanager);
  if (absent !== undefined) return { unknown: absent };
  await postedOnce(first.subject.alertmanager);
  await settled('messages stop arriving', async () => String(ours(await arrivals(lab())).length), quiet);
  const all = await arrivals(lab());
  const strays = cases.flatMap((one) =>
    placesOf(one, all)
      .filter((place) => !one.expected.includes(place))
      .map((place) => `alert "${one.subject.alert.name}" also arrived at ${place}`),
  );
  return { looked: cases.length, problems: strays };
}

function postedOnce(alertmanager: string): Promise<void> {
  posting ??= post(alertmanager);
  return posting;
}

async function post(alertmanager: string): Promise<void> {
  const base = baseUrl(lab(), run.stack, alertmanager);
  await eventually('Alertmanager is ready', async () =>
    (await alertmanagerReady(lab(), base)) ? { done: true, value: true } : { done: false, seen: 'not ready' },
  );
  await postAlerts(
    lab(),
    base,
    cases.map((one) => ({ labels: one.labels, annotations: { ...one.subject.alert.annotations } })),
  );
}

function placesOf(posted: Case, all: readonly Arrival[]): string[] {
  const mine = all.filter((arrival) => arrival.cases.includes(posted.id));
  return [...new Set(mine.map((arrival) => `${arrival.receiver}/${arrival.kind}/${arrival.index}`))].sort();
}

/** Alerts that fire by themselves in the lab, because a rule's condition holds, are not this suite's business. */
function ours(all: readonly Arrival[]): Arrival[] {
  return all.filter((arrival) => arrival.cases.length > 0);
}
