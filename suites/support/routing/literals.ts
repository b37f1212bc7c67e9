import { type Arrival, type Literal, literalsIn } from '../../../src/index.ts';
import { run } from '../run.ts';
import { placeOf } from './places.ts';
import type { Posted } from './posted.ts';
import type { Played } from './stage.ts';

/** What nobody expanded in the messages about an alert, or in the address they are sent to. */
export function literalProblems({ posted, after }: Played, mine: readonly Posted[]): string[] {
  const ids = new Set(mine.map(({ id }) => id));
  const others = posted.filter(({ id }) => !ids.has(id));
  const arrived = after
    .filter((arrival) => arrival.alerts.some(({ id }) => ids.has(id)))
    .flatMap((arrival) =>
      arrival.literals
        .filter((literal) => !isOfAnother(arrival, literal, mine, others))
        .map(({ where, text }) => `what arrives at ${placeOf(arrival)} has ${text} in its ${where}`),
    );
  return [...arrived, ...mine.flatMap(addressProblems)];
}

/** In the lab a message goes to a stand-in, so the address it would go to is looked at where it is written. */
function addressProblems({ places }: Posted): string[] {
  const integrations = run.stack.alertmanager
    .flatMap(({ receivers }) => receivers)
    .flatMap(({ name, integrations: all }) => all.map((one) => ({ ...one, key: `${name}/${one.kind}/${one.index}` })));
  return integrations
    .filter(({ key }) => places.some((place) => place.key === key))
    .flatMap(({ key, value }) =>
      Object.entries(value)
        .filter(([name]) => name.endsWith('url'))
        .flatMap(([name, text]) => literalsIn(text, name))
        .map(({ where, text }) => `${key} sends to an address with ${text} in its ${where}`),
    );
}

/** In a message about several alerts, what one of them brings is not held against the others. */
function isOfAnother(
  { alerts }: Arrival,
  { text }: Literal,
  mine: readonly Posted[],
  others: readonly Posted[],
): boolean {
  const brings = ({ labels, annotations }: Posted): boolean =>
    literalsIn({ labels, annotations }, '').some((literal) => literal.text === text);
  const inIt = others.filter(({ id }) => alerts.some((alert) => alert.id === id));
  return !mine.some(brings) && inIt.some(brings);
}
