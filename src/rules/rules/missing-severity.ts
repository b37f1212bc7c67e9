import type { FindingDraft } from '../../model/finding.ts';
import { alertRules } from '../../model/prometheus.ts';
import { treeOf } from '../../query/promql.ts';
import { canHave, labelSet } from '../../query/promql-labels.ts';
import { defineRule } from '../define-rule.ts';

/** A custom that at least four of five alerts, and no less than four alerts, follow. */
const enough = { alerts: 4, share: 0.8 };

/** Routes ask for the severity; an alert without one goes where nothing else is sent. */
export const missingSeverity = defineRule({
  id: 'rules/missing-severity',
  severity: 'warning',
  over: 'prometheus',
  claim: 'Where alerts have a severity, all have one.',
  check: (config) => {
    const alerts = alertRules(config);
    const without = alerts.filter(({ labels }) => !Object.hasOwn(labels, 'severity'));
    const having = alerts.length - without.length;
    if (having < enough.alerts || having < alerts.length * enough.share) return [];
    return without
      .filter(({ expr }) => {
        const tree = /severity/.test(expr.value) ? treeOf(expr.value) : undefined;
        return tree === undefined || !canHave(labelSet(tree), 'severity');
      })
      .map(
        ({ name, at }): FindingDraft => ({
          at: { ...at, pointer: [...(at.pointer ?? []), 'alert'] },
          message: `Alert "${name}" has no label "severity", which ${having} of ${alerts.length} alerts have, so routes by severity do not take it`,
          hint: 'Give it a severity',
          facts: { alert: name },
        }),
      );
  },
});
