import { type ImageFacts, imageFacts } from '../../catalog/images.ts';
import type { Service } from '../../model/stack.ts';
import { isOfItsMakers } from './makers.ts';
import { imageVersion } from './versions.ts';

/** What is known of the image of a service: nothing where others made it, or its version is none we know. */
export function factsOf(service: Service): ImageFacts | undefined {
  const version = imageVersion(service);
  if (service.product === undefined || version === undefined || !isOfItsMakers(service)) return undefined;
  const facts = imageFacts[service.product];
  return isBefore(version, facts.from) || isBefore(facts.to, version) ? undefined : facts;
}

/** The user a service runs as, as a number; undefined where the files do not tell. */
export function uidOf(service: Service): number | undefined {
  const written = service.user?.value.split(':')[0];
  if (written === undefined) return factsOf(service)?.uid;
  if (written === 'root') return 0;
  if (written === 'nobody') return 65_534;
  return /^\d+$/.test(written) ? Number(written) : undefined;
}

type Version = readonly [major: number, minor: number];

function isBefore(one: Version, other: Version): boolean {
  return one[0] < other[0] || (one[0] === other[0] && one[1] < other[1]);
}
