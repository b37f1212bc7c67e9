import type { FindingDraft } from '../../model/finding.ts';
import type { Service, Stack } from '../../model/stack.ts';
import type { Tree } from '../../model/tree.ts';
import { defineRule } from '../define-rule.ts';
import { type Dialled, dialledBy } from '../support/dialled.ts';
import { isAnsweredElsewhere, isOwnPort, portMeant, reachOf } from '../support/hosts.ts';
import { listeningOf } from '../support/listening.ts';
import { quoteAll } from '../support/quote.ts';

/**
 * Remote storage, service discovery, proxies, tokens and traces are asked by the names of the stack's networks, as targets are
 * (https://docs.docker.com/compose/how-tos/networking/).
 */
export const unreachableAddress = defineRule({
  id: 'prometheus/unreachable-address',
  severity: 'error',
  over: 'prometheus',
  claim: 'Every address of the stack that Prometheus asks besides its targets is a service that listens there.',
  check: (config, { stack, repository: { tree, stacks } }) => {
    const from = stack.services.find((service) => service.name === config.service);
    const { file } = config;
    if (from === undefined || file === undefined) return [];
    return dialledBy(config.value).flatMap((dialled): FindingDraft[] => {
      const problem = problemOf(tree, stack, from, dialled);
      const elsewhere = problem?.isAbsent === true && isAnsweredElsewhere(stacks, file, dialled.host);
      if (problem === undefined || elsewhere) return [];
      const message = `"${dialled.written}", which ${dialled.purpose}, ${problem.what}, so it is never reached`;
      const { severity } = problem;
      return [
        {
          at: { file, pointer: dialled.pointer },
          message,
          hint: problem.hint,
          facts: { address: dialled.written, service: config.service },
          ...(severity === undefined ? {} : { severity }),
        },
      ];
    });
  },
});

interface Problem {
  readonly what: string;
  readonly hint: string;
  readonly severity?: 'warning';
  readonly isAbsent?: boolean;
}

function problemOf(tree: Tree, stack: Stack, from: Service, { host, port, pointer }: Dialled): Problem | undefined {
  // Who takes samples and is not there is an edge of the graph, and that has a rule.
  const isEdge = /^remote_/.test(String(pointer[0])) && pointer.length === 3;
  const reach = reachOf(tree, stack, from, host);
  switch (reach.kind) {
    case 'outside':
      return undefined;
    case 'nobody':
      return isEdge
        ? undefined
        : { what: 'is no service of the stack', hint: 'Name the service that is meant', isAbsent: true };
    case 'apart':
      return isEdge
        ? undefined
        : { what: `and "${from.name}" share no network`, hint: 'Put both services into one network' };
    case 'self':
      return isOwnPort(stack, from, port)
        ? undefined
        : {
            what: 'is the container of Prometheus itself, which does not listen there',
            hint: 'Name the service that is meant',
          };
    case 'service': {
      const meant = portMeant(reach.service, port);
      if (meant !== undefined)
        return {
          what: `uses a port that only the host has; in the network it is ${meant}`,
          hint: `Write port ${meant}`,
        };
      const listening = listeningOf(stack, reach.service);
      if (listening === undefined || listening.ports.includes(port)) return undefined;
      const ports = quoteAll(listening.ports.map(String));
      const what = `has port ${port}, and "${reach.service.name}" listens on ${ports}`;
      return { what, hint: `Write port ${listening.ports[0]}`, ...(listening.written ? {} : { severity: 'warning' }) };
    }
  }
}
