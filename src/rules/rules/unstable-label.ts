import { durationSeconds } from '../../model/duration.ts';
import { treeOf } from '../../query/promql.ts';
import { valueRange } from '../../query/promql-range.ts';
import { defineRule } from '../define-rule.ts';
import { templatesOf } from '../support/rule-texts.ts';

/**
 * An alert is known by its labels: one that carries the value is another alert after every change of it
 * (https://prometheus.io/docs/prometheus/2.47/configuration/alerting_rules/#templating).
 */
export const unstableLabel = defineRule({
  id: 'rules/unstable-label',
  severity: 'warning',
  over: 'alert-rule',
  claim: 'No label of an alert holds its value.',
  check: (rule) =>
    templatesOf(rule, 'alue').flatMap(({ section, name, text, at }) => {
      if (section !== 'labels') return [];
      const use = /\{\{[^}]*?(\$value\b|(?<![\w)$])\.Value\b)[^}]*\}\}/.exec(text);
      const tree = use === null ? undefined : treeOf(rule.expr.value);
      if (use === null || tree === undefined) return [];
      const [least, greatest] = valueRange(tree);
      // Between "if" and "end" the value may only choose one of a few words.
      if (least === greatest || /\{\{-?\s*(?:if|with|range)\b/.test(text)) return [];
      const waits = (durationSeconds(rule.for) ?? 0) > 0;
      const follows = waits
        ? `"for: ${rule.for}" begins anew and the alert never fires`
        : 'the old alert is resolved and a new one sent';
      return [
        {
          at: { ...at, span: [use.index, use.index + use[0].length] },
          message: `Label "${name}" of alert "${rule.name}" holds the value, so with every change of it ${follows}`,
          hint: 'Print the value in an annotation',
          facts: { alert: rule.name, label: name },
        },
      ];
    }),
});
