import type { Arrival, ArrivedAlert } from '../../../src/index.ts';
import { lab } from '../run.ts';
import type { Place, Posted } from './posted.ts';

type State = ArrivedAlert['state'];

/** An alert that has to arrive at a place. */
export interface Expected {
  readonly id: string;
  readonly place: string;
  readonly state: State;
}

/** Kinds whose message that an alert is over names no alert: it closes what an earlier message opened. */
const closesUnnamed = new Set(['opsgenie', 'jira']);

/** The integrations whose messages the lab does not see, with the reason. */
export function unseenPlaces(): ReadonlyMap<string, string> {
  return new Map(lab().unseen.map((one) => [`${one.receiver}/${one.kind}/${one.index}`, one.why]));
}

/** Where an alert has to arrive as far as the lab sees it; that it is over, where the integration is to tell. */
export function expected({ id, places }: Pick<Posted, 'id' | 'places'>, state: State): Expected[] {
  const hidden = unseenPlaces();
  return places
    .filter((place) => !hidden.has(place.key) && (state === 'firing' || tellsResolved(place)))
    .map(({ key }) => ({ id, place: key, state }));
}

function tellsResolved({ kind, sendResolved }: Place): boolean {
  return sendResolved && !closesUnnamed.has(kind);
}

/** Whether it has arrived, and was not refused there. */
export function hasArrived(all: readonly Arrival[], { id, place, state }: Expected): boolean {
  return all.some(
    (arrival) =>
      arrival.refused === undefined &&
      placeOf(arrival) === place &&
      arrival.alerts.some((alert) => alert.id === id && alert.state === state),
  );
}

/** `receiver/kind/index`. */
export function placeOf(arrival: Arrival): string {
  return `${arrival.receiver}/${arrival.kind}/${arrival.index}`;
}

/**
 * Which posted alert arrived where, each once: a message that its destination refuses is sent again without end. Alerts
 * that fire by themselves in the lab, because a rule's condition holds, are not this suite's business.
 */
export function arrivedTexts(all: readonly Arrival[]): string {
  const seen = all.flatMap((arrival) =>
    arrival.alerts
      .filter(({ id }) => id.startsWith('case-'))
      .map(({ id, state }) => `${id} ${state} ${placeOf(arrival)}`),
  );
  return [...new Set(seen)].sort().join('\n');
}
