import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';

/** Alertmanager checks the names when it starts (https://prometheus.io/docs/alerting/0.26/configuration/#route). */
export const undefinedReceiver = defineRule({
  id: 'alertmanager/undefined-receiver',
  severity: 'error',
  over: 'route',
  claim: 'Every receiver that a route names is defined.',
  check: (route, { alertmanager }) => {
    const written = route.value['receiver'];
    if (typeof written !== 'string' || alertmanager.receivers.some((receiver) => receiver.name === written)) return [];
    return [
      {
        at: { ...route.at, pointer: [...(route.at.pointer ?? []), 'receiver'] },
        message: `Receiver "${written}" is defined nowhere, so Alertmanager refuses the file and does not start`,
        hint: `Define it, or name one that is: ${quoteAll(alertmanager.receivers.map((receiver) => receiver.name))}`,
        facts: { receiver: written },
      },
    ];
  },
});
