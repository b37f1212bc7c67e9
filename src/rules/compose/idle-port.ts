import type { FindingDraft } from '../../model/finding.ts';
import type { Product } from '../../model/stack.ts';
import { defineRule } from '../define-rule.ts';
import { listeningOf } from '../support/listening.ts';
import { quoteAll } from '../support/quote.ts';

/** Products that listen on no other port than those that are known; Loki and Promtail have ports for other protocols. */
const plain: ReadonlySet<Product> = new Set<Product>([
  'prometheus',
  'alertmanager',
  'grafana',
  'node-exporter',
  'cadvisor',
]);

/** A published port leads to a port of the container, whether anybody listens there or not (https://docs.docker.com/reference/compose-file/services/#ports). */
export const idlePort = defineRule({
  id: 'compose/idle-port',
  severity: 'warning',
  over: 'service',
  claim: 'Every published port of a monitoring product is one that it listens on.',
  check: (service, { stack }) => {
    const listening =
      service.product !== undefined && plain.has(service.product) ? listeningOf(stack, service) : undefined;
    if (listening === undefined) return [];
    const known = listening.ports.map(String);
    return service.ports.flatMap(({ container, protocol, at }): FindingDraft[] => {
      if (listening.ports.includes(container) || protocol === 'udp') return [];
      return [
        {
          at,
          message: `Service "${service.name}" publishes port ${container} of its container and listens on ${quoteAll(known)}, so nothing answers there`,
          hint: `Publish ${known[0]}`,
          facts: { service: service.name, port: container, listening: known },
        },
      ];
    });
  },
});
