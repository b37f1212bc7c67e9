import { defineRule } from '../define-rule.ts';
import { isForSwarm } from '../support/swarm.ts';
import { toldOnce } from '../support/told-once.ts';

/** Outside Swarm compose passes on the reservation of memory and of devices, and drops that of processors (https://docs.docker.com/reference/compose-file/deploy/#resources). */
export const ignoredReservation = defineRule({
  id: 'compose/ignored-reservation',
  severity: 'info',
  over: 'stack',
  claim: 'No service relies on a reservation that only Swarm knows.',
  check: (stack) => {
    const found = (isForSwarm(stack) ? [] : stack.services).flatMap(({ name, reservations }) =>
      reservations.cpus === undefined ? [] : [{ name, at: reservations.cpus.at }],
    );
    return toldOnce(found, {
      one: 'reserves processors, which compose ignores outside Swarm, so nothing is kept free for it',
      several: 'reserve processors, which compose ignores outside Swarm, so nothing is kept free for them',
      hint: 'Leave it as a note for people, or set "cpu_shares"',
    });
  },
});
