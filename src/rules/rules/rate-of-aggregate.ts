import type { FindingDraft } from '../../model/finding.ts';
import { nodesWith } from '../../query/promql.ts';
import { bare } from '../../query/promql-tree.ts';
import { defineRule } from '../define-rule.ts';

const ofCounters = new Set(['rate', 'irate', 'increase', 'resets']);

/**
 * Resets are seen in single series only: first the rate, then the sum
 * (https://prometheus.io/docs/prometheus/2.47/querying/functions/#rate).
 */
export const rateOfAggregate = defineRule({
  id: 'rules/rate-of-aggregate',
  severity: 'warning',
  over: 'rule',
  claim: 'No rule takes the rate of an aggregation.',
  check: ({ name, expr }) =>
    nodesWith(expr.value, ':').flatMap((node): FindingDraft[] => {
      const [arg] = node.kind === 'call' && ofCounters.has(node.name) ? node.args : [];
      const inner = arg?.kind === 'subquery' ? bare(arg.expr) : undefined;
      if (node.kind !== 'call' || inner?.kind !== 'aggregate') return [];
      return [
        {
          at: { ...expr.at, span: node.span },
          message: `"${node.name}" in "${name}" is taken of a "${inner.op}", so the restart of one counter looks like a reset of all`,
          hint: `Take the rate first: "${inner.op}(${node.name}(…))"`,
          facts: { rule: name, function: node.name, aggregation: inner.op },
        },
      ];
    }),
});
