import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { dialledBy } from '../support/dialled.ts';
import { reachOf } from '../support/hosts.ts';
import { listeningOf } from '../support/listening.ts';
import { isOfItsMakers } from '../support/makers.ts';

/** A Prometheus takes samples from another only where it is told to (https://prometheus.io/docs/prometheus/2.47/storage/#overview). */
export const closedReceiver = defineRule({
  id: 'prometheus/closed-receiver',
  severity: 'error',
  over: 'prometheus',
  claim: 'A Prometheus that another one writes to takes what it is sent.',
  check: ({ file, value, service }, { stack, repository: { tree } }) => {
    const from = stack.services.find((one) => one.name === service);
    if (file === undefined || from === undefined) return [];
    return dialledBy(value).flatMap(({ host, port, pointer, written }): FindingDraft[] => {
      const reach =
        pointer[0] === 'remote_write' && pointer.at(-1) === 'url' ? reachOf(tree, stack, from, host) : undefined;
      const to = reach?.kind === 'self' ? from : reach?.kind === 'service' ? reach.service : undefined;
      if (to?.product !== 'prometheus' || !isOfItsMakers(to)) return [];
      // Where something else listens is for other rules.
      if (listeningOf(stack, to)?.ports.includes(port) !== true) return [];
      // The feature flag of before 2.33 has the same words.
      if (to.command.some(({ value: word }) => word.includes('remote-write-receiver'))) return [];
      const message = `"${written}" is Prometheus "${to.name}", which takes no samples without "--web.enable-remote-write-receiver", so every write is refused`;
      return [
        {
          at: { file, pointer },
          message,
          related: [{ at: to.at, note: 'who is written to' }],
          hint: 'Give the flag to the Prometheus that receives',
          facts: { url: written, service: to.name },
        },
      ];
    });
  },
});
