import type { FindingDraft } from '../../model/finding.ts';
import { flagValue } from '../../read/flags.ts';
import { defineRule } from '../define-rule.ts';

/**
 * Every message has a link back to Alertmanager; without `--web.external-url` it is made of the name of the container and
 * its port (https://prometheus.io/docs/alerting/0.26/alertmanager/).
 */
export const unlinkedMessage = defineRule({
  id: 'alertmanager/unlinked-message',
  severity: 'info',
  over: 'alertmanager',
  claim: 'Alertmanager knows the address that the links in its messages need.',
  check: ({ receivers, service: name }, { stack }): FindingDraft[] => {
    const service = stack.services.find((one) => one.name === name);
    const told = receivers.some(({ integrations }) => integrations.some(({ kind }) => kind !== 'webhook'));
    const plain = service?.definition['entrypoint'] === undefined;
    if (service === undefined || !told || !plain || flagValue(service, 'web.external-url') !== undefined) return [];
    return [
      {
        at: service.at,
        message: `"${name}" has no "--web.external-url", so the links in its messages lead to the name of its container`,
        hint: 'Give it the address under which people open Alertmanager',
        facts: { service: name },
      },
    ];
  },
});
