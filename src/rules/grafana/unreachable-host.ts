import type { FindingDraft } from '../../model/finding.ts';
import type { GrafanaConfig } from '../../model/grafana.ts';
import type { Service, Stack } from '../../model/stack.ts';
import type { Tree } from '../../model/tree.ts';
import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { portMeant, reachOf } from '../support/hosts.ts';
import { listeningOf } from '../support/listening.ts';
import { isOfItsMakers } from '../support/makers.ts';
import { serviceOf } from './around.ts';
import { integrationsOf } from './contact-points.ts';
import { addressOf, type Dialled, dialled } from './outside-hosts.ts';

/**
 * Grafana fetches tokens, sends mail and keeps its database from inside of its container, where only the services of its
 * networks have names (https://docs.docker.com/compose/how-tos/networking/).
 */
export const unreachableHost = defineRule({
  id: 'grafana/unreachable-host',
  severity: 'error',
  over: 'grafana',
  claim: 'Every host that a setting of Grafana names is one its container can reach.',
  check: (grafana, { stack, repository: { tree } }) => {
    const service = serviceOf(stack, grafana);
    if (service === undefined) return [];
    return [...dialled(grafana.settings), ...called(grafana)].flatMap((one): FindingDraft[] => {
      const problem = problemOf(tree, stack, service, one);
      if (problem === undefined) return [];
      return [
        {
          at: one.written.at,
          ...(problem.sure ? {} : { severity: 'warning' }),
          message: `"${one.host}" of "${one.what}" ${problem.what}, so ${one.lost}`,
          related: [{ at: service.at, note: 'the networks of this service' }],
          hint: 'Put both into one network, or write an address that the container can reach',
          facts: { setting: one.what, host: one.host, service: service.name },
        },
      ];
    });
  },
});

/** Where contact points send to. */
function called(grafana: GrafanaConfig): Dialled[] {
  return integrationsOf(grafana).flatMap(({ contactPoint, entry }): Dialled[] => {
    const url = textValue(entry.value, 'settings', 'url');
    const address = url === undefined || /^https?:/.test(url) === false ? undefined : addressOf(url);
    if (url === undefined || address === undefined) return [];
    const at = { ...entry.at, pointer: [...entry.at.pointer, 'settings', 'url'] };
    return [{ what: contactPoint, written: { value: url, at }, lost: 'no alert arrives', ...address }];
  });
}

/** What is wrong with an address, and whether the files say so themselves. */
export interface Problem {
  readonly what: string;
  readonly sure: boolean;
}

/** What is wrong with an address; undefined where nothing is, or nobody can tell. */
export function problemOf(
  tree: Tree,
  stack: Stack,
  service: Service,
  { host, port }: Pick<Dialled, 'host' | 'port'>,
): Problem | undefined {
  const reach = reachOf(tree, stack, service, host);
  if (reach.kind === 'nobody')
    return { what: `is no host that the container of "${service.name}" can know`, sure: true };
  if (reach.kind === 'apart') return { what: `and "${service.name}" share no network`, sure: true };
  if (reach.kind === 'outside' || port === undefined) return undefined;
  if (reach.kind === 'self') {
    const own = listeningOf(stack, service);
    if (own === undefined || own.ports.includes(port)) return undefined;
    const what = `is the container of "${service.name}" itself, and nothing listens on ${port} there`;
    return { what, sure: isOfItsMakers(service) };
  }
  const meant = portMeant(reach.service, port);
  if (meant !== undefined)
    return { what: `has port ${port} on the host only; in the network it is ${meant}`, sure: true };
  const there = listeningOf(stack, reach.service);
  const published = reach.service.ports.some(({ container }) => container === port);
  if (there === undefined || published || there.ports.includes(port)) return undefined;
  // An image may have been made anew with other defaults, or read a file that is not here.
  return { what: `listens on ${there.ports.join(' and ')} and not on ${port}`, sure: there.written };
}
