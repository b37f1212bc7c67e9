import type { Route } from '../../model/alertmanager.ts';
import { defineRule } from '../define-rule.ts';

/** A receiver that no route names gets no alert, however well it is configured. */
export const unusedReceiver = defineRule({
  id: 'alertmanager/unused-receiver',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'Every receiver is named by a route.',
  check: ({ route, receivers }) => {
    const named = new Set(namesBelow(route));
    return receivers
      .filter((receiver) => route !== undefined && !named.has(receiver.name) && receiver.integrations.length > 0)
      .map((receiver) => ({
        at: receiver.at,
        message: `Receiver "${receiver.name}" is named by no route, so no alert ever reaches it`,
        hint: 'Add a route to it, or remove it',
        facts: { receiver: receiver.name },
      }));
  },
});

function namesBelow(route: Route | undefined): string[] {
  return route === undefined ? [] : [route.receiver, ...route.routes.flatMap(namesBelow)];
}
