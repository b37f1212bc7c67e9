import type { FindingDraft } from '../../model/finding.ts';
import { parsePromql } from '../../query/promql.ts';
import { isScalar } from '../../query/promql-labels.ts';
import { meetsItself } from '../../query/promql-print.ts';
import { defineRule } from '../define-rule.ts';

/** What an operator makes of an element and itself; `!=` and `>` have no result, which is a claim of its own. */
const results: Readonly<Record<string, string>> = {
  '/': 'is always 1',
  '-': 'is always 0',
  '%': 'is always 0',
  '==': 'always holds',
  '>=': 'always holds',
  '<=': 'always holds',
  and: 'changes nothing',
  or: 'changes nothing',
};

/** An operator joins each element with the one of the same labels: here that is the element itself. */
export const sameOperands = defineRule({
  id: 'rules/same-operands',
  severity: 'warning',
  over: 'rule',
  claim: 'The two sides of every operator are different expressions.',
  check: ({ name, expr }) => {
    const drafts: FindingDraft[] = [];
    for (const node of parsePromql(expr.value).nodes) {
      if (node.kind !== 'binary' || !Object.hasOwn(results, node.op) || isScalar(node.left) || !meetsItself(node))
        continue;
      const side = expr.value.slice(...node.right.span).replace(/\s+/g, ' ');
      drafts.push({
        at: { ...expr.at, span: node.span },
        message: `"${side}" stands on both sides of "${node.op}" in "${name}", which ${results[node.op]}`,
        hint: 'Put on one side what was meant',
        facts: { rule: name, operator: node.op, side },
      });
    }
    return drafts;
  },
});
