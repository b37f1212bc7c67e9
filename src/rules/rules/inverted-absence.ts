import type { FindingDraft } from '../../model/finding.ts';
import { nodesWith } from '../../query/promql.ts';
import { bare, type Expr } from '../../query/promql-tree.ts';
import { defineRule } from '../define-rule.ts';

/** `absent` has a result where its argument has none: of `up == 0` that is while everything is up. */
export const invertedAbsence = defineRule({
  id: 'rules/inverted-absence',
  severity: 'warning',
  over: 'rule',
  claim: 'No rule asks for the absence of what is down.',
  check: ({ name, expr }) =>
    nodesWith(expr.value, 'absent').flatMap((node): FindingDraft[] => {
      const [arg] = node.kind === 'call' && node.name === 'absent' ? node.args : [];
      if (arg === undefined || !isDown(arg)) return [];
      const text = expr.value.slice(...node.span).replace(/\s+/g, ' ');
      return [
        {
          at: { ...expr.at, span: node.span },
          message: `"${text}" in "${name}" has a result while nothing is down, so it holds when all is well`,
          hint: 'Ask for the absence of the series alone, and for its value beside it',
          facts: { rule: name },
        },
      ];
    }),
});

function isDown(expr: Expr): boolean {
  const node = bare(expr);
  if (node.kind !== 'binary' || node.bool || (node.op !== '==' && node.op !== '<')) return false;
  const [left, right] = [bare(node.left), bare(node.right)];
  const below = node.op === '==' ? 0 : 1;
  return left.kind === 'selector' && left.metric === 'up' && right.kind === 'number' && right.value === below;
}
