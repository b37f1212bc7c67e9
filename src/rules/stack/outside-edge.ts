import { outsideEdges } from '../../model/graph.ts';
import { defineRule } from '../define-rule.ts';
import { graphOf } from '../support/graph/graph-of.ts';
import { danglingId, owners } from '../support/graph/owners.ts';
import { quoteAll } from '../support/quote.ts';

/** What another project makes: compose ends where it is missing (https://docs.docker.com/reference/compose-file/networks/#external). */
const external = new Set(['network', 'volume', 'secret', 'config']);

/** Edges to the outside that no other rule tells of, once for each compose file. */
export const outsideEdge = defineRule({
  id: 'stack/outside-edge',
  severity: 'info',
  over: 'stack',
  claim: 'Everything that a stack expects is in the repository.',
  check: (stack, { repository: { tree } }) => {
    const edges = outsideEdges(graphOf(tree, stack)).filter(
      ({ kind, outside }) =>
        (external.has(kind) && outside === 'it is external') || owners[kind].dangling.includes(danglingId),
    );
    const named = new Map(edges.toReversed().map((edge) => [`${edge.kind} ${edge.name}`, edge]));
    const [first, ...others] = [...named.values()].reverse();
    if (first === undefined) return [];
    const names = [first, ...others].map(({ name }) => name);
    return [
      {
        at: first.at,
        message: `The stack expects ${quoteAll(names)} of somebody outside the repository, so whether ${names.length === 1 ? 'it is' : 'they are'} there cannot be told`,
        related: others.map(({ at, kind, name }) => ({ at, note: `the ${kind} "${name}"` })),
        hint: 'See that it is there before the stack starts',
        facts: { names },
      },
    ];
  },
});
