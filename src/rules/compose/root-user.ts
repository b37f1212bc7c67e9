import { defineRule } from '../define-rule.ts';
import { factsOf, uidOf } from '../support/image-facts.ts';
import { toldOnce } from '../support/told-once.ts';

/** The images of the makers name a user of their own; see `src/catalog/images.ts` for the Dockerfiles. */
export const rootUser = defineRule({
  id: 'compose/root-user',
  severity: 'warning',
  over: 'stack',
  claim: 'No service runs as root whose image has a user of its own.',
  check: ({ services }) => {
    const asRoot = services.flatMap((service) => {
      const { name, user } = service;
      const uid = factsOf(service)?.uid ?? 0;
      return user === undefined || uid === 0 || uidOf(service) !== 0 ? [] : [{ name, at: user.at, uid }];
    });
    return [...Map.groupBy(asRoot, ({ uid }) => uid)].flatMap(([uid, those]) =>
      toldOnce(those, {
        one: `runs as root where its image would run as ${uid}, so a fault in it has the rights of root in the container`,
        several: `run as root where their images would run as ${uid}, so a fault in one has the rights of root in its container`,
        hint: `Take "user" away, and give its volumes to ${uid}`,
      }),
    );
  },
});
