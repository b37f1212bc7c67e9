import type { FindingDraft } from '../../model/finding.ts';
import { resultLabels } from '../../query/promql-labels.ts';
import { labelReferences } from '../../query/template-labels.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';

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
    const kept = resultLabels(rule.expr.value);
    if (kept === undefined) return [];
    const texts = [
      ...Object.entries(rule.annotations).map(([name, text]) => ['annotations', name, text] as const),
      ...Object.entries(rule.labels).map(([name, text]) => ['labels', name, text] as const),
    ];
    return texts.flatMap(([section, name, text]) =>
      labelReferences(text)
        .filter(({ label }) => !kept.has(label))
        .map(({ label, span }): FindingDraft => {
          const all = kept.size === 0 ? 'no label' : `only ${quoteAll([...kept].sort())}`;
          return {
            at: { ...rule.at, pointer: [...(rule.at.pointer ?? []), section, name], span },
            message: `"${label}" in "${name}" of alert "${rule.name}" is always empty, for its expression keeps ${all}`,
            related: [{ at: rule.expr.at, note: 'the expression' }],
            hint: `Keep the label with "by", or do not print it`,
            facts: { alert: rule.name, label, kept: [...kept].sort() },
          };
        }),
    );
  },
});
