import { defineRule } from '../define-rule.ts';
import { factsOf, uidOf } from '../support/image-facts.ts';

/** The images of the makers name a user of their own; see `src/catalog/images.ts` for the Dockerfiles. */
export const rootUser = defineRule({
  id: 'compose/root-user',
  severity: 'warning',
  over: 'service',
  claim: 'No service runs as root whose image has a user of its own.',
  check: (service) => {
    const { name, user } = service;
    const uid = factsOf(service)?.uid ?? 0;
    if (user === undefined || uid === 0 || uidOf(service) !== 0) return [];
    return [
      {
        at: user.at,
        message: `Service "${name}" runs as root where its image would run as ${uid}, so a fault in it has the rights of root in the container`,
        hint: `Take "user" away, and give its volumes to ${uid}`,
        facts: { service: name, uid },
      },
    ];
  },
});
