import { type AlertSubject, alertSubjects } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { leftOut, run, shutDoor } from '../run.ts';
import { literalProblems } from './literals.ts';
import { type Expected, expected, hasArrived, placeOf, unseenPlaces } from './places.ts';
import { labelText, type Posted } from './posted.ts';
import { type Played, playedOn } from './stage.ts';

/**
 * The alert, with every label set it really has, arrives at every integration its routes name, and so does word that it is
 * over where the integration is to tell. That it arrives nowhere else is a case of its own.
 */
export async function arrived(subject: AlertSubject): Promise<Found> {
  const absent = await outOfReach(subject.alertmanager);
  if (absent !== undefined) return { unknown: absent };
  const played = await playedOn(subject.alertmanager);
  if (played.dropped.has(subject.claim.id))
    return { unknown: `alert_relabel_configs drop it with every label set it has, so it is never sent` };
  const mine = played.posted.filter((one) => one.claim === subject.claim.id);
  const own = mine.filter(({ role }) => role === 'alert');
  const routed = own.flatMap((one) => routedElsewhere(played, one));
  const wanted = mine.flatMap((one) => [...expected(one, 'firing'), ...expected(one, 'resolved')]);
  const problems = [
    ...routed,
    ...wanted.filter((one) => !hasArrived(played.after, one)).map((one) => fate(played, one)),
    ...literalProblems(played, mine),
  ];
  const hidden = hiddenPlaces(own);
  if (problems.length === 0 && hidden !== undefined) return { unknown: hidden };
  return { looked: own.length + wanted.length, problems: [...new Set(problems)] };
}

/** Why nothing can be asked of an Alertmanager; undefined where it can. */
export async function outOfReach(alertmanager: string): Promise<string | undefined> {
  return leftOut(alertmanager) ?? (await shutDoor(alertmanager));
}

/** The alert reaches an integration whose messages the lab does not see. */
function hiddenPlaces(posted: readonly Posted[]): string | undefined {
  const hidden = unseenPlaces();
  const place = posted.flatMap(({ places }) => places).find(({ key }) => hidden.has(key));
  return place === undefined
    ? undefined
    : `whether it arrives at ${place.key} cannot be told: ${hidden.get(place.key) ?? ''}`;
}

/** Alertmanager itself names the receivers of the routes: all there is to see where those have no integration. */
function routedElsewhere({ held }: Played, posted: Posted): string[] {
  const alert = held.get(posted.id);
  if (alert === undefined) return [`Alertmanager does not have the alert ${labelText(posted)}`];
  if (alert.receivers.join() === posted.receivers.join()) return [];
  const [wanted, seen] = [posted.receivers.join(', '), alert.receivers.join(', ')];
  return [`its routes name ${wanted}, and Alertmanager sends ${labelText(posted)} to ${seen}`];
}

/** What became of an alert that did not arrive. */
function fate({ posted, after }: Played, { id, place, state }: Expected): string {
  const alert = posted.find((one) => one.id === id);
  const who = `${alert === undefined ? id : labelText(alert)}`;
  const refused = after.find(
    (arrival) =>
      arrival.refused !== undefined &&
      placeOf(arrival) === place &&
      arrival.alerts.some((one) => one.id === id && one.state === state),
  );
  const end = refused === undefined ? 'does not arrive' : `is refused with status ${refused.refused}`;
  return state === 'firing' ? `${who} ${end} at ${place}` : `that ${who} is over ${end} at ${place}`;
}

/** After a quiet window no alert of ours has arrived anywhere but where its routes say, nor word of it that was not asked for. */
export async function onlyExpected(): Promise<Found> {
  let looked = 0;
  const problems: string[] = [];
  for (const alertmanager of new Set(alertSubjects(run.stack).map((one) => one.alertmanager))) {
    const absent = await outOfReach(alertmanager);
    if (absent !== undefined) return { unknown: absent };
    const { posted, after } = await playedOn(alertmanager);
    looked += posted.length;
    const byId = new Map(posted.map((one) => [one.id, one]));
    for (const arrival of after)
      for (const { id, state } of arrival.alerts) {
        const one = byId.get(id);
        const place = one?.places.find(({ key }) => key === placeOf(arrival));
        if (one === undefined || (place !== undefined && (state === 'firing' || place.sendResolved))) continue;
        const what = `${one.labels['alertname']} ${labelText(one)}`;
        problems.push(
          place === undefined
            ? `alert ${what} also arrived at ${placeOf(arrival)}`
            : `that ${what} is over arrived at ${placeOf(arrival)}, which is not to tell`,
        );
      }
  }
  if (looked === 0) return { unknown: 'no alert was posted' };
  return { looked, problems: [...new Set(problems)] };
}
