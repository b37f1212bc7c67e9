import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import { quoteAll } from './quote.ts';

/** One of several subjects of which the same is true. */
export interface Told {
  readonly name: string;
  readonly at: Place;
}

/** The words of one finding about several services. */
export interface Words {
  /** What follows the names: `has no …`, of several services `have no …`. */
  readonly one: string;
  readonly several: string;
  readonly hint: string;
}

/** One finding for all services of a file of which the same is true: at the first, the others related. */
export function toldOnce(subjects: readonly Told[], { one, several, hint }: Words): FindingDraft[] {
  const [first, ...others] = subjects;
  if (first === undefined) return [];
  const names = subjects.map(({ name }) => name);
  const many = others.length > 0;
  return [
    {
      at: first.at,
      message: `${many ? 'Services' : 'Service'} ${quoteAll(names, 6)} ${many ? several : one}`,
      related: others.map(({ at, name }) => ({ at, note: `the same of "${name}"` })),
      hint,
      facts: { services: names },
    },
  ];
}
