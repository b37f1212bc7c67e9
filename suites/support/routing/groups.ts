import { type Arrival, alertSubjects } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { run } from '../run.ts';
import { outOfReach } from './arrived.ts';
import { hasArrived, placeOf, unseenPlaces } from './places.ts';
import { groupsOf, labelText, type Posted } from './posted.ts';
import { sharedGroups } from './scene.ts';
import { playedOn } from './stage.ts';

/** Alerts that share the group labels of their route come in one message, and no message holds alerts of two groups. */
export async function grouped(): Promise<Found> {
  let looked = 0;
  const problems: string[] = [];
  for (const alertmanager of new Set(alertSubjects(run.stack).map((one) => one.alertmanager))) {
    const absent = await outOfReach(alertmanager);
    if (absent !== undefined) return { unknown: absent };
    const { posted, before, after } = await playedOn(alertmanager);
    const shared = sharedGroups(posted);
    looked += shared.length + after.length;
    problems.push(...shared.flatMap(([, members]) => apart(members, before)));
    problems.push(...after.flatMap((arrival) => mixed(arrival, posted)));
  }
  if (looked === 0) return { unknown: 'no message about a posted alert arrived' };
  return { looked, problems: [...new Set(problems)] };
}

/** Members that arrived at a place, and in no message all together. What never arrived is told of elsewhere. */
function apart(members: readonly Posted[], arrivals: readonly Arrival[]): string[] {
  const places = new Set(members.flatMap((one) => one.places.map(({ key }) => key)));
  return [...places].flatMap((place) => {
    if (unseenPlaces().has(place)) return [];
    const there = members.filter(({ id }) => hasArrived(arrivals, { id, place, state: 'firing' }));
    const together = arrivals.some(
      (arrival) =>
        placeOf(arrival) === place && there.every(({ id }) => arrival.alerts.some((alert) => alert.id === id)),
    );
    const names = there.map((one) => `${one.labels['alertname']} ${labelText(one)}`);
    return together || there.length < 2 ? [] : [`at ${place}, no message holds all of one group: ${names.join('; ')}`];
  });
}

function mixed(arrival: Arrival, posted: readonly Posted[]): string[] {
  const inIt = posted.filter(({ id }) => arrival.alerts.some((alert) => alert.id === id));
  const [first, ...rest] = inIt;
  if (first === undefined) return [];
  const common = rest.reduce((groups, one) => groups.filter((group) => groupsOf(one).includes(group)), groupsOf(first));
  const names = inIt.map((one) => `${one.labels['alertname']} ${labelText(one)}`);
  return common.length > 0
    ? []
    : [`a message at ${placeOf(arrival)} holds alerts of several groups: ${names.join('; ')}`];
}
