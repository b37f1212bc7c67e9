import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import type { Service } from '../../model/stack.ts';
import { splitAddress } from '../../read/prometheus/scrape.ts';
import { defineRule } from '../define-rule.ts';
import { portMeant, type Reach, reachOf } from '../support/hosts.ts';
import { listeningOf } from '../support/listening.ts';

/**
 * Promtail pushes to the URLs of its `clients`, and keeps trying where nobody answers
 * (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/configuration/#clients).
 */
export const unknownClient = defineRule({
  id: 'promtail/unknown-client',
  severity: 'error',
  over: 'promtail',
  claim: 'Every Loki that a Promtail pushes to is there.',
  check: (promtail, { stack, repository: { tree } }) => {
    const from = stack.services.find((service) => service.name === promtail.service);
    if (from === undefined) return [];
    return promtail.clients.flatMap(({ value, at }): FindingDraft[] => {
      const { host, port } = splitAddress(value, 'http');
      const reach = reachOf(tree, stack, from, host);
      if (reach.kind === 'outside') {
        const message = `Promtail "${from.name}" pushes to "${host}": ${reach.why}, so whether its lines arrive cannot be told`;
        return [{ at, severity: 'info', message, facts: { service: from.name, host } }];
      }
      const listening = reach.kind === 'service' ? listeningOf(stack, reach.service) : undefined;
      if (listening?.ports.includes(port) === true) return [];
      const problem =
        problemOf(reach, from, port) ??
        (listening?.written ? `which listens on ${listening.ports[0]} and not on ${port}` : undefined);
      return problem === undefined ? [] : [draft(at, from, host, problem)];
    });
  },
});

function problemOf(reach: Reach, from: Service, port: number): string | undefined {
  if (reach.kind === 'nobody') return 'which is no service of the stack';
  if (reach.kind === 'apart') return `and "${from.name}" is in no network with it`;
  if (reach.kind === 'self') return 'which is its own container';
  const meant = reach.kind === 'service' ? portMeant(reach.service, port) : undefined;
  return meant === undefined ? undefined : `at a port that only the host has; in the network it is ${meant}`;
}

function draft(at: Place, from: Service, host: string, problem: string): FindingDraft {
  return {
    at,
    message: `Promtail "${from.name}" pushes to "${host}", ${problem}, so no line arrives`,
    related: [{ at: from.at, note: 'the service' }],
    hint: 'Write the name and port of the Loki service',
    facts: { service: from.name, host },
  };
}
