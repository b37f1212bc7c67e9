import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import type { Stack } from '../../model/stack.ts';
import { defineRule } from '../define-rule.ts';

interface Claimed {
  readonly what: string;
  readonly service: string;
  readonly at: Place;
}

/**
 * A container's name and a port of the host can each be had once on an engine
 * (https://docs.docker.com/reference/compose-file/services/#container_name). Within one compose file that is an error;
 * two compose files may be meant for two hosts, which the files cannot tell.
 */
export const contestedClaim = defineRule({
  id: 'stack/contested-claim',
  severity: 'error',
  over: 'stack',
  claim: 'No two services claim one container name or one port of the host.',
  check: (stack, { repository }) => {
    const mine = claimsOf(stack);
    const earlier = repository.stacks.slice(0, repository.stacks.indexOf(stack)).flatMap(claimsOf);
    return mine.flatMap((claim, index): FindingDraft[] => {
      const inside = mine.slice(0, index).find((one) => one.what === claim.what && one.service !== claim.service);
      if (inside !== undefined) return [contested(claim, inside, 'so only one of them starts')];
      const beside = earlier.find((one) => one.what === claim.what && one.at.file !== claim.at.file);
      if (beside === undefined) return [];
      const follows = `and "${beside.at.file}" too, so whether both can run depends on their being on two hosts`;
      return [{ ...contested(claim, beside, follows), severity: 'info' }];
    });
  },
});

function contested(claim: Claimed, other: Claimed, follows: string): FindingDraft {
  return {
    at: claim.at,
    message: `Service "${claim.service}" claims ${claim.what}, as service "${other.service}" does, ${follows}`,
    related: [{ at: other.at, note: `the other service that claims ${claim.what}` }],
    hint: 'Give one of them another, or leave it to the engine',
    facts: { service: claim.service, other: other.service, claim: claim.what },
  };
}

function claimsOf(stack: Stack): Claimed[] {
  return stack.services.flatMap((service) => {
    const { containerName, name } = service;
    const named =
      containerName === undefined
        ? []
        : [{ what: `the container name "${containerName.value}"`, service: name, at: containerName.at }];
    const ports = service.ports.flatMap(({ host, address, protocol, at }) => {
      const bound = address === undefined || address === '0.0.0.0' ? '' : ` on ${address}`;
      return host === undefined
        ? []
        : [
            {
              what: `port ${host}${protocol === undefined ? '' : `/${protocol}`} of the host${bound}`,
              service: name,
              at,
            },
          ];
    });
    return [...named, ...ports];
  });
}
