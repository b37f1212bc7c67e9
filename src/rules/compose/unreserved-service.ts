import { defineRule } from '../define-rule.ts';
import { toldOnce } from '../support/told-once.ts';

/** The engine keeps a reservation free for a service where memory is short (https://docs.docker.com/engine/containers/resource_constraints/#limit-a-containers-access-to-memory). */
export const unreservedService = defineRule({
  id: 'compose/unreserved-service',
  severity: 'info',
  over: 'stack',
  claim: 'Every monitoring product has memory reserved.',
  check: ({ services }) =>
    toldOnce(
      services.filter(({ product, reservations }) => product !== undefined && reservations.memory === undefined),
      {
        one: 'has no memory reserved, so others may crowd it out when the host is short of it',
        several: 'have no memory reserved, so others may crowd them out when the host is short of it',
        hint: 'Set deploy.resources.reservations.memory',
      },
    ),
});
