import type { FindingDraft } from '../../model/finding.ts';
import type { Service } from '../../model/stack.ts';
import { flagValue } from '../../read/flags.ts';
import { splitAddress } from '../../read/prometheus/scrape.ts';
import { defineRule } from '../define-rule.ts';
import type { StackContext } from '../grains.ts';
import { hasLodger, portMeant, reachOf } from '../support/hosts.ts';
import { listeningOf } from '../support/listening.ts';
import { type DialledAddress, dialledAddresses } from '../support/message-addresses.ts';

/**
 * Between containers a service answers to its name, its container name and its aliases, at the port it listens on
 * (https://docs.docker.com/compose/how-tos/networking/). What lies outside the repository is not known.
 */
export const deadAddress = defineRule({
  id: 'alertmanager/dead-address',
  severity: 'error',
  over: 'alertmanager',
  claim: 'Every address inside the stack that Alertmanager sends to is a service that listens there.',
  check: (config, context) => {
    const from = context.stack.services.find((service) => service.name === config.service);
    if (from === undefined) return [];
    return dialledAddresses(config).flatMap((dialled): FindingDraft[] => {
      const problem = problemOf(context, from, dialled);
      if (problem === undefined) return [];
      const { what, service, sure = true } = problem;
      return [
        {
          at: dialled.at,
          ...(sure ? {} : { severity: 'warning' as const }),
          message: `"${dialled.host}:${dialled.port}" in "${dialled.key}" ${what}, so nothing that is sent there arrives`,
          ...(service === undefined ? {} : { related: [{ at: service.at, note: 'the service' }] }),
          hint: 'Write the name and the port of the service that takes the messages',
          facts: { key: dialled.key, host: dialled.host, port: dialled.port },
        },
      ];
    });
  },
});

interface Problem {
  readonly what: string;
  readonly service?: Service;
  readonly sure?: boolean;
}

function problemOf(context: StackContext, from: Service, { host, port }: DialledAddress): Problem | undefined {
  const { stack, repository } = context;
  const reach = reachOf(repository.tree, stack, from, host);
  if (reach.kind === 'nobody') return { what: 'is no service of the stack' };
  if (reach.kind === 'apart') return { what: `and "${from.name}" share no network`, service: reach.service };
  if (reach.kind === 'self') {
    const own = splitAddress(flagValue(from, 'web.listen-address')?.value || ':9093', 'http').port;
    return port === own || hasLodger(stack, from)
      ? undefined
      : { what: 'is the container of Alertmanager itself, where nothing listens' };
  }
  if (reach.kind !== 'service') return undefined;
  const { service } = reach;
  const meant = portMeant(service, port);
  if (meant !== undefined) return { what: `is a port that only the host has; in the network it is ${meant}`, service };
  const listening = listeningOf(stack, service);
  if (listening === undefined || listening.ports.includes(port)) return undefined;
  return {
    what: `is not where "${service.name}" listens, which is ${listening.ports[0]}`,
    service,
    sure: listening.written,
  };
}
