import type { FindingDraft } from '../../model/finding.ts';
import type { AlertRule, RecordingRule } from '../../model/prometheus.ts';
import { parsePromql } from '../../query/promql.ts';
import { type Emptiness, emptiness, restsOnRates } from '../../query/promql-empty.ts';
import { bare, type Expr } from '../../query/promql-tree.ts';
import { defineRule } from '../define-rule.ts';

/**
 * A comparison leaves out what does not hold (https://prometheus.io/docs/prometheus/2.47/querying/operators/): where no
 * value can hold, nothing is left. What functions and `up` can return is known; of metrics nothing is assumed.
 */
export const impossibleCondition = defineRule({
  id: 'rules/impossible-condition',
  severity: 'error',
  over: 'rule',
  claim: 'Every expression of a rule can have a result.',
  check: (rule) => {
    const { tree, nodes } = parsePromql(rule.expr.value);
    if (tree === undefined) return [];
    const whole = emptiness(tree);
    if (whole !== undefined)
      return [draft(rule, whole, rule.kind === 'alert' ? 'the alert never fires' : 'nothing is recorded')];
    if (!nodes.some((node) => node.kind === 'binary' && node.op === 'or')) return [];
    return nodes.flatMap((node) => {
      const sides = node.kind === 'binary' && node.op === 'or' ? [node.left, node.right] : [];
      const empty = sides.flatMap((side) => emptiness(side) ?? []);
      return empty.map(
        (one) => ({ ...draft(rule, one, 'this side of "or" never has a result'), severity: 'warning' }) as const,
      );
    });
  },
});

function draft(rule: AlertRule | RecordingRule, empty: Emptiness, follows: string): FindingDraft {
  const text = (node: Expr): string => rule.expr.value.slice(...node.span).replace(/\s+/g, ' ');
  const facts = { rule: rule.name, part: text(empty.node) };
  if (empty.kind === 'matchers') {
    const written = [empty.one, empty.other].map(({ span }) => rule.expr.value.slice(...span));
    const message = `No series can satisfy both "${written[0]}" and "${written[1]}" in "${rule.name}", so ${follows}`;
    return {
      at: { ...rule.expr.at, span: empty.other.span },
      message,
      hint: 'Take one of the two matchers away',
      facts,
    };
  }
  const doubtful = empty.kind === 'values' && restsOnRates(empty.node) ? { severity: 'warning' as const } : {};
  const why = empty.kind === 'self' ? 'compares an expression with itself' : 'holds for no value that it can have';
  return {
    at: { ...rule.expr.at, span: empty.node.span },
    message: `The condition "${text(empty.node)}" of "${rule.name}" ${why}, so ${follows}`,
    hint: countsNothing(empty.node)
      ? 'Use "absent", for the count of nothing is no 0 but nothing'
      : 'Compare with a value that can be reached',
    facts,
    ...doubtful,
  };
}

function countsNothing(node: Expr): boolean {
  if (node.kind !== 'binary') return false;
  return [node.left, node.right].some((side) => {
    const inner = bare(side);
    return inner.kind === 'aggregate' && inner.op === 'count';
  });
}
