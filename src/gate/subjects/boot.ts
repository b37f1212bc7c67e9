import type { Service, Stack } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';

/** A claim of the boot suite about one service. */
export interface BootSubject {
  readonly claim: Claim;
  readonly service: Service;
  readonly about: 'runs' | 'limits and security' | 'mounted files';
}

/** What the boot suite claims: every service runs, as the compose file bounds it, with the files of the candidate. */
export function bootSubjects(stack: Stack): BootSubject[] {
  return stack.services.flatMap((service) => {
    const abouts: BootSubject['about'][] = ['runs', 'limits and security'];
    if (service.mounts.some((mount) => mount.repoPath !== undefined)) abouts.push('mounted files');
    return abouts.map((about) => ({ claim: claimOf('boot', `${service.name} ${about}`), service, about }));
  });
}
