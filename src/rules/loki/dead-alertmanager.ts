import type { FindingDraft } from '../../model/finding.ts';
import { splitAddress } from '../../read/prometheus/scrape.ts';
import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { portMeant, reachOf } from '../support/hosts.ts';
import { listeningOf } from '../support/listening.ts';

/**
 * The ruler sends its alerts to the addresses of `ruler.alertmanager_url`, a list with commas
 * (https://grafana.com/docs/loki/v2.9.x/alert/#ruler).
 */
export const deadAlertmanager = defineRule({
  id: 'loki/dead-alertmanager',
  severity: 'error',
  over: 'loki',
  claim: 'Every Alertmanager that a ruler sends to is there.',
  check: ({ file, service: name, value, rules }, { stack, repository: { tree } }): FindingDraft[] => {
    const from = stack.services.find((one) => one.name === name);
    const written = textValue(value, 'ruler', 'alertmanager_url') ?? '';
    if (file === undefined || from === undefined || written === '') return [];
    return written.split(',').flatMap((part): FindingDraft[] => {
      const url = part.trim();
      const start = written.indexOf(url);
      const at = { file, pointer: ['ruler', 'alertmanager_url'], span: [start, start + url.length] as const };
      const { host, port } = splitAddress(url, 'http');
      const reach = reachOf(tree, stack, from, host);
      const facts = { service: name, host };
      if (reach.kind === 'outside') {
        const message = `The ruler of Loki "${name}" sends to "${host}": ${reach.why}, so whether its alerts arrive cannot be told`;
        return [{ at, severity: 'info', message, facts }];
      }
      // The configuration that comes with Loki says so, and without a rule nothing is sent.
      if (reach.kind === 'self' && rules.length === 0) {
        const message = `The ruler of "${file}" sends to "${host}", which is its own container, and no rule of it is known, so whether an alert is lost cannot be told`;
        return [{ at, severity: 'info', message, facts }];
      }
      const problem = problemOf();
      if (problem === undefined) return [];
      return [
        {
          at,
          message: `The ruler of Loki "${name}" sends to "${host}", ${problem}, so no alert arrives`,
          related: [{ at: from.at, note: 'the service' }],
          hint: 'Write the name and port of the Alertmanager',
          facts,
        },
      ];

      function problemOf(): string | undefined {
        if (reach.kind === 'nobody') return 'which is no service of the stack';
        if (reach.kind === 'self') return 'which is its own container';
        if (reach.kind === 'apart') return `and "${name}" is in no network with it`;
        if (reach.kind !== 'service') return undefined;
        const listening = listeningOf(stack, reach.service);
        if (listening?.ports.includes(port) === true) return undefined;
        const meant = portMeant(reach.service, port);
        if (meant !== undefined) return `at a port that only the host has; in the network it is ${meant}`;
        return listening === undefined ? undefined : `which listens on ${listening.ports[0]} and not on ${port}`;
      }
    });
  },
});
