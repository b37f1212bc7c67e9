import { durationSeconds } from '../../model/duration.ts';
import { treeOf } from '../../query/promql.ts';
import { bare, type Expr } from '../../query/promql-tree.ts';
import { defineRule } from '../define-rule.ts';

/** Right after a start nothing has been scraped yet, and `absent` sees just that. */
export const hastyAbsence = defineRule({
  id: 'rules/hasty-absence',
  severity: 'warning',
  over: 'alert-rule',
  claim: 'Every alert on the absence of a series waits for a while.',
  check: (rule) => {
    const tree = treeOf(rule.expr.value);
    if (tree === undefined || durationSeconds(rule.for) !== 0 || !asksAbsence(tree)) return [];
    return [
      {
        at: rule.expr.at,
        message: `Alert "${rule.name}" fires on the first evaluation without the series, so also after a first start and after every scrape that fails for long`,
        hint: 'Give it a "for" of a few scrapes',
        facts: { alert: rule.name },
      },
    ];
  },
});

function asksAbsence(expr: Expr): boolean {
  const node = bare(expr);
  if (node.kind === 'call') return node.name === 'absent';
  return node.kind === 'binary' && (node.op === 'or' ? [node.left, node.right] : [node.left]).some(asksAbsence);
}
