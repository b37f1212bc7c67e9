import type { FindingDraft } from '../../model/finding.ts';
import { treeOf } from '../../query/promql.ts';
import { outcomeOf } from '../../query/promql-filter.ts';
import { bare, comparisons, type Expr } from '../../query/promql-tree.ts';
import { defineRule } from '../define-rule.ts';

/** An alert that is meant to fire all the time, so that its silence tells something. */
const watchdog = /watch_?dog|dead_?man|heart_?beat|always|alive/i;

/**
 * An alert fires for every element of its result, whatever the value: without a comparison, or with `bool`, nothing is ever
 * left out (https://prometheus.io/docs/prometheus/2.47/configuration/alerting_rules/).
 */
export const constantExpression = defineRule({
  id: 'rules/constant-expression',
  severity: 'warning',
  over: 'alert-rule',
  claim: 'Every alert has a condition.',
  check: (rule) => {
    const { value, at } = rule.expr;
    const outcome = outcomeOf(value);
    if (outcome === undefined || outcome === 'filter') return [];
    if (outcome === 'always' && watchdog.test(rule.name)) return [];
    const facts = { alert: rule.name, outcome };
    const follows = outcome === 'always' ? 'so it always fires' : 'so it fires for every series, whatever its value';
    const draft: FindingDraft = {
      at,
      message: comparesInVain(value)
        ? `The condition of alert "${rule.name}" holds for every value that it can have, ${follows}`
        : `The expression of alert "${rule.name}" leaves nothing out, ${follows}`,
      hint: 'Compare it with a threshold, without "bool"',
      facts,
    };
    // A series may be there only while something is wrong.
    return [outcome === 'presence' && asksForPresence(value) ? { ...draft, severity: 'info' } : draft];
  },
});

/** `metric` and `count(metric) > 0` ask whether there is one. */
function asksForPresence(expr: string): boolean {
  const tree = treeOf(expr);
  const node = tree && bare(tree);
  return node?.kind === 'selector' || (node?.kind === 'binary' && [node.left, node.right].some(isCount));
}

function isCount(expr: Expr): boolean {
  const node = bare(expr);
  return (
    node.kind === 'aggregate' && (node.op === 'count' || node.op === 'group') && bare(node.expr).kind === 'selector'
  );
}

function comparesInVain(expr: string): boolean {
  const tree = treeOf(expr);
  const node = tree && bare(tree);
  return node?.kind === 'binary' && comparisons.has(node.op) && !node.bool;
}
