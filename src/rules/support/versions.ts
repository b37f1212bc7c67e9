import type { Service } from '../../model/stack.ts';

/** Major and minor number in a service's image tag (`prom/prometheus:v2.47.0`); undefined where none is written. */
export function imageVersion(service: Service | undefined): readonly [major: number, minor: number] | undefined {
  const found = /:v?(\d+)\.(\d+)(?:[.-][^:/@]*)?(?:@.*)?$/.exec(service?.image?.value ?? '');
  return found === null ? undefined : [Number(found[1]), Number(found[2])];
}

/** Whether a service is known to be of a release, or an older one. */
export function isAtMost(service: Service | undefined, major: number, minor: number): boolean {
  const version = imageVersion(service);
  return version !== undefined && (version[0] < major || (version[0] === major && version[1] <= minor));
}
