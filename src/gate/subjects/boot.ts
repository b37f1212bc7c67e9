import type { Service, Stack } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';

/** A claim of the boot suite about one service. */
export interface BootSubject {
  readonly claim: Claim;
  readonly service: Service;
  readonly about:
    | 'runs'
    | 'logs no unexpected error'
    | 'limits and security'
    | 'held by the kernel'
    | 'mounted files'
    | 'memory limit kills'
    | 'processor limit throttles';
}

/**
 * What the boot suite claims: every service runs, bounded by the engine and by the kernel as the compose file says, with
 * the files of the candidate; the products log no error. That a limit bites is the kernel's doing, the same for all: it
 * is probed once, with the smallest limit of each kind.
 */
export function bootSubjects(stack: Stack): BootSubject[] {
  const smallestMemory = smallest(stack, ({ limits, definition }) =>
    definition['oom_kill_disable'] === true ? undefined : limits.memory?.value,
  );
  const smallestShare = smallest(stack, ({ limits }) => limits.cpus?.value);
  return stack.services.flatMap((service) => {
    const abouts: BootSubject['about'][] = [
      'runs',
      'limits and security',
      // A helper of the stack may have done its work and be gone.
      ...(service.product === undefined ? [] : (['logs no unexpected error', 'held by the kernel'] as const)),
      ...(service.mounts.some((mount) => mount.repoPath !== undefined) ? (['mounted files'] as const) : []),
      ...(service === smallestMemory ? (['memory limit kills'] as const) : []),
      ...(service === smallestShare ? (['processor limit throttles'] as const) : []),
    ];
    return abouts.map((about) => ({ claim: claimOf('boot', `${service.name} ${about}`), service, about }));
  });
}

/** The product with the smallest limit of a kind; of several the first. */
function smallest(stack: Stack, limit: (service: Service) => number | undefined): Service | undefined {
  const limited = stack.services.flatMap((service) => {
    const value = service.product === undefined ? undefined : limit(service);
    return value === undefined || value <= 0 ? [] : [{ service, value }];
  });
  return limited.sort((a, b) => a.value - b.value)[0]?.service;
}
