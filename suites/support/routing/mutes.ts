import type { InhibitionSubject } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { outOfReach } from './arrived.ts';
import { expected, hasArrived } from './places.ts';
import { labelText } from './posted.ts';
import { playedOn } from './stage.ts';

/** While the source fires the target is mute, by Alertmanager's own word and at every receiver; when it is over it arrives. */
export async function mutes({ claim, alertmanager, rule }: InhibitionSubject): Promise<Found> {
  const absent = await outOfReach(alertmanager);
  if (absent !== undefined) return { unknown: absent };
  const { posted, vain, held, before, after } = await playedOn(alertmanager);
  const labels = rule.equal.map((label) => `"${label}"`).join(', ');
  if (vain.has(claim.id))
    return { looked: 1, problems: [`no alert it is written for has the same ${labels} as one that would mute it`] };
  const source = posted.find((one) => one.claim === claim.id && one.role === 'source');
  const target = posted.find((one) => one.claim === claim.id && one.role === 'target');
  if (source === undefined || target === undefined) throw new Error(`nothing was posted for "${claim.subject}"`);
  const muting = held.get(source.id)?.fingerprint ?? '';
  const names = `${target.labels['alertname']} ${labelText(target)}`;
  const wanted = expected(target, 'firing');
  return {
    looked: 1 + 2 * wanted.length,
    problems: [
      ...(held.get(target.id)?.inhibitedBy.includes(muting) === true
        ? []
        : [`Alertmanager does not say that ${names} is mute while ${source.labels['alertname']} fires`]),
      ...wanted
        .filter((one) => hasArrived(before, one))
        .map(({ place }) => `${names} arrives at ${place} while ${source.labels['alertname']} fires`),
      ...wanted
        .filter((one) => !hasArrived(after, one))
        .map(({ place }) => `${names} does not arrive at ${place} when ${source.labels['alertname']} is over`),
    ],
  };
}
