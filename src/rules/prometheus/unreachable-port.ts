import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import { splitAddress } from '../../read/prometheus/scrape.ts';
import { listAt, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { portMeant, reachOf } from '../support/hosts.ts';
import { listeningOf } from '../support/listening.ts';
import { quoteAll } from '../support/quote.ts';

interface Dialled {
  readonly what: string;
  readonly address: string;
  readonly host: string;
  readonly port: number;
  readonly at: Place;
}

/**
 * A product of the stack listens where its flags or its configuration say, or on its default port
 * (https://github.com/prometheus/prometheus/wiki/Default-port-allocations). Only what is written is certain: an image may
 * have been made anew with other defaults.
 */
export const unreachablePort = defineRule({
  id: 'prometheus/unreachable-port',
  severity: 'error',
  over: 'prometheus',
  claim: 'Every address of the stack that Prometheus dials has the port that the product there listens on.',
  check: (config, { stack, repository: { tree } }) => {
    const from = stack.services.find((service) => service.name === config.service);
    if (from === undefined) return [];
    const targets = config.scrapeJobs
      .filter(
        (job) => !listAt(job.value, 'relabel_configs').some((one) => valueAt(one, 'target_label') === '__address__'),
      )
      .flatMap((job) =>
        job.targets.map((target) => ({ ...target, what: `Target "${target.address}" of job "${job.name}"` })),
      );
    const managers = config.alertmanagers.map(({ value, at }) => ({
      what: `Alertmanager "${value}"`,
      address: value,
      at,
      ...splitAddress(value, 'http'),
    }));
    return [...targets, ...managers].flatMap((dialled: Dialled): FindingDraft[] => {
      if (dialled.address.includes('://')) return [];
      const reach = reachOf(tree, stack, from, dialled.host);
      if (reach.kind !== 'service' || portMeant(reach.service, dialled.port) !== undefined) return [];
      const listening = listeningOf(stack, reach.service);
      if (listening === undefined || listening.ports.includes(dialled.port)) return [];
      const { name, at, product = '' } = reach.service;
      const ports = listening.ports.map(String);
      return [
        {
          at: dialled.at,
          message: `${dialled.what} has port ${dialled.port}, and "${name}" listens on ${quoteAll(ports)}, so nothing answers there`,
          related: [{ at, note: 'the service' }],
          hint: `Write "${dialled.host}:${ports[0]}"`,
          facts: { address: dialled.address, service: name, product, ports },
          ...(listening.written ? {} : { severity: 'warning' as const }),
        },
      ];
    });
  },
});
