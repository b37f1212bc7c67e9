import { danglingEdges } from '../../model/graph.ts';
import { defineRule } from '../define-rule.ts';
import { graphOf } from '../support/graph/graph-of.ts';
import { danglingId, owners } from '../support/graph/owners.ts';

/**
 * The edges of the graph that no other rule owns: where Prometheus writes to and reads from
 * (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#remote_write). `docs/graph.md` tells of all edges.
 */
export const danglingEdge = defineRule({
  id: danglingId,
  severity: 'error',
  over: 'stack',
  claim: 'Whatever one side of a stack expects inside the stack, another side gives.',
  check: (stack, { repository: { tree } }) =>
    danglingEdges(graphOf(tree, stack))
      .filter(({ kind }) => owners[kind].dangling.includes(danglingId))
      .map(({ name, at, from, unmet }) => {
        const there = stack.services.find((service) => service.name === name);
        const why = unmet === undefined ? 'which is no service of the stack' : `and ${unmet}`;
        return {
          at,
          message: `${from} dials "${name}", ${why}, so nothing ever arrives`,
          ...(there === undefined ? {} : { related: [{ at: there.at, note: 'the service' }] }),
          hint: there === undefined ? 'Name the service that is meant' : 'Put both services into one network',
          facts: { name, from },
        };
      }),
});
