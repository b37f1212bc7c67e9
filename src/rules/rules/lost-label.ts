import type { FindingDraft } from '../../model/finding.ts';
import { parsePromql } from '../../query/promql.ts';
import { canHave, type LabelSet, resultLabelSet } from '../../query/promql-labels.ts';
import { labelReferences } from '../../query/template-labels.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { templatesOf } from '../support/rule-texts.ts';

/**
 * `$labels` of a template holds the labels of the expression's result, and nothing in place of one that is not there
 * (https://prometheus.io/docs/prometheus/2.47/configuration/alerting_rules/#templating).
 */
export const lostLabel = defineRule({
  id: 'rules/lost-label',
  severity: 'warning',
  over: 'alert-rule',
  claim: 'Every label that an alert prints is one that its expression keeps.',
  check: (rule) => {
    const templates = templatesOf(rule, 'abels.');
    const set = templates.length === 0 ? undefined : resultLabelSet(rule.expr.value);
    if (set === undefined) return [];
    const lost = (label: string): boolean =>
      !canHave(set, label) || (label === 'alertname' && set.only === undefined && !mayBeNamed(rule.expr.value));
    return templates.flatMap(({ name, text, at }) => {
      const found = labelReferences(text).filter(({ label }) => lost(label));
      return [...Map.groupBy(found, ({ label }) => reason(set, label))].map(([why, those]): FindingDraft => {
        const labels = [...new Set(those.map(({ label }) => label))];
        const span = those[0]?.span;
        return {
          at: span === undefined ? at : { ...at, span },
          message: `${quoteAll(labels)} in "${name}" of alert "${rule.name}" ${labels.length === 1 ? 'is' : 'are'} always empty, for ${why}`,
          related: [{ at: rule.expr.at, note: 'the expression' }],
          hint: labels.includes('alertname')
            ? 'Write the name of the alert'
            : 'Keep the label with "by", or do not print it',
          facts: { alert: rule.name, labels, kept: set.only === undefined ? null : [...set.only].sort() },
        };
      });
    });
  },
});

function reason({ only, never }: LabelSet, label: string): string {
  if (only !== undefined)
    return only.size === 0
      ? 'its expression keeps no label'
      : `its expression keeps only ${quoteAll([...only].sort())}`;
  return never.has(label)
    ? 'its expression drops it'
    : 'the labels of a template are those of the series, and they have no such one';
}

/** The name of an alert is no label of the series it is about; only the series of alerts, and what is recorded of them, have one. */
function mayBeNamed(expr: string): boolean {
  return parsePromql(expr).selectors.some(
    ({ metric = ':', matchers }) =>
      metric.includes(':') || metric.startsWith('ALERTS') || matchers.some(({ label }) => label === 'alertname'),
  );
}
