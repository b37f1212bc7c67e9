import {
  type AlertSubject,
  type Arrival,
  alertmanagerReady,
  arrivals,
  baseUrl,
  eventually,
  postAlerts,
  receiversOf,
  settled,
} from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut, run, shutDoor } from '../run.ts';
import { type Case, cases } from './posted.ts';

/** Longer than the rendered `group_wait` and `group_interval` together: what has not come by then does not come. */
const quiet = 7_000;
const posting = new Map<string, Promise<void>>();

/** The alert's message arrives at every integration its routes name. That it arrives nowhere else is a case of its own. */
export async function arrived(subject: AlertSubject): Promise<Found> {
  const absent = leftOut(subject.alertmanager) ?? (await shutDoor(subject.alertmanager));
  if (absent !== undefined) return { unknown: absent };
  const posted = cases.find((one) => one.subject.claim.id === subject.claim.id);
  if (posted === undefined) throw new Error(`no case was posted for "${subject.alert.name}"`);
  await postedOnce(subject.alertmanager);
  const hidden = unseen(posted);
  const seen = posted.expected.filter((place) => !hidden.some((one) => one.place === place));
  const problems = [...(await routed(posted)), ...(seen.length === 0 ? [] : await notArrived(posted, seen))];
  const [first] = hidden;
  if (problems.length === 0 && first !== undefined)
    return { unknown: `whether it arrives at ${first.place} cannot be told: ${first.why}` };
  return { looked: 1 + seen.length, problems };
}

/** The integrations the alert should reach whose messages the lab does not see. */
function unseen(posted: Case): { place: string; why: string }[] {
  return lab()
    .unseen.map((one) => ({ place: `${one.receiver}/${one.kind}/${one.index}`, why: one.why }))
    .filter((one) => posted.expected.includes(one.place));
}

/** Alertmanager itself names the receivers of the routes: all there is to see where those have no integration. */
async function routed(posted: Case): Promise<string[]> {
  const named = await receiversOf(lab(), baseUrl(lab(), run.stack, posted.subject.alertmanager), posted.id);
  if (named === undefined) return [`Alertmanager does not have alert "${posted.subject.alert.name}"`];
  if (named.join() === posted.receivers.join()) return [];
  return [`its routes name ${posted.receivers.join(', ')}, and Alertmanager sends it to ${named.join(', ')}`];
}

async function notArrived(posted: Case, wanted: readonly string[]): Promise<string[]> {
  try {
    await eventually(
      `alert "${posted.subject.alert.name}" arrives at ${wanted.join(', ')}`,
      async () => {
        const all = await arrivals(lab());
        const places = placesOf(posted, taken(all));
        const missing = wanted.filter((place) => !places.includes(place));
        return missing.length === 0
          ? { done: true, value: places }
          : { done: false, seen: missing.map((place) => fate(posted, place, all)).join(', ') };
      },
      { within: 40_000 },
    );
    return [];
  } catch (problem) {
    return [problem instanceof Error ? problem.message : String(problem)];
  }
}

function taken(all: readonly Arrival[]): Arrival[] {
  return all.filter((arrival) => arrival.refused === undefined);
}

function fate(posted: Case, place: string, all: readonly Arrival[]): string {
  const refused = all.find(
    (arrival) => arrival.refused !== undefined && arrival.cases.includes(posted.id) && placeOf(arrival) === place,
  );
  return refused === undefined ? `not at ${place}` : `refused at ${place} with status ${refused.refused}`;
}

/** After a quiet window no alert of ours has arrived anywhere but where its routes say. */
export async function onlyExpected(): Promise<Found> {
  if (cases.length === 0) return { unknown: 'no alert was posted' };
  for (const alertmanager of new Set(cases.map((one) => one.subject.alertmanager))) {
    const absent = leftOut(alertmanager) ?? (await shutDoor(alertmanager));
    if (absent !== undefined) return { unknown: absent };
    await postedOnce(alertmanager);
  }
  await settled('messages stop arriving', async () => distinctArrivals(await arrivals(lab())), quiet);
  const all = await arrivals(lab());
  const strays = cases.flatMap((one) =>
    placesOf(one, all)
      .filter((place) => !one.expected.includes(place))
      .map((place) => `alert "${one.subject.alert.name}" also arrived at ${place}`),
  );
  return { looked: cases.length, problems: strays };
}

function postedOnce(alertmanager: string): Promise<void> {
  const known = posting.get(alertmanager) ?? post(alertmanager);
  posting.set(alertmanager, known);
  return known;
}

async function post(alertmanager: string): Promise<void> {
  const base = baseUrl(lab(), run.stack, alertmanager);
  await eventually('Alertmanager is ready', async () =>
    (await alertmanagerReady(lab(), base)) ? { done: true, value: true } : { done: false, seen: 'not ready' },
  );
  await postAlerts(
    lab(),
    base,
    cases
      .filter((one) => one.subject.alertmanager === alertmanager)
      .map((one) => ({ labels: one.labels, annotations: { ...one.subject.alert.annotations } })),
  );
}

function placesOf(posted: Case, all: readonly Arrival[]): string[] {
  const mine = all.filter((arrival) => arrival.cases.includes(posted.id));
  return [...new Set(mine.map(placeOf))].sort();
}

function placeOf(arrival: Arrival): string {
  return `${arrival.receiver}/${arrival.kind}/${arrival.index}`;
}

/**
 * Which case arrived where, each once: a message that its destination refuses is sent again without end. Alerts that
 * fire by themselves in the lab, because a rule's condition holds, are not this suite's business.
 */
function distinctArrivals(all: readonly Arrival[]): string {
  const seen = all.flatMap((arrival) => arrival.cases.map((id) => `${id} ${placeOf(arrival)}`));
  return [...new Set(seen)].sort().join('\n');
}
