import type { FindingDraft } from '../../model/finding.ts';
import { type AlertRule, alertRules } from '../../model/prometheus.ts';
import { resultLabels } from '../../query/promql-labels.ts';
import { defineRule } from '../define-rule.ts';

/**
 * An alert is known by its labels alone, the name among them (https://prometheus.io/docs/alerting/0.26/clients/). Two rules
 * of one name and the same labels make the same alerts where their expressions differ in numbers only, or keep no label;
 * what other expressions select may well be apart.
 */
export const duplicateAlert = defineRule({
  id: 'rules/duplicate-alert',
  severity: 'warning',
  over: 'prometheus',
  claim: 'No two rules of a Prometheus make the same alerts.',
  check: (config) => {
    const first = new Map<string, AlertRule>();
    return alertRules(config).flatMap((rule): FindingDraft[] => {
      const labels = Object.entries(rule.labels).sort(([a], [b]) => (a < b ? -1 : 1));
      const key = JSON.stringify([rule.name, labels, shapeOf(rule.expr.value)]);
      const other = first.get(key);
      if (other === undefined) first.set(key, rule);
      return other === undefined ? [] : [draft(rule, other)];
    });
  },
});

/** The expression without spaces and with one number for all; those that keep no label are all of one shape. */
function shapeOf(expr: string): string {
  if (resultLabels(expr)?.size === 0) return '';
  return expr.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\b\d[\w.]*\b|\s+/g, (part) => {
    if (/^["']/.test(part)) return part;
    return /^\s/.test(part) ? '' : '0';
  });
}

function draft(rule: AlertRule, other: AlertRule): FindingDraft {
  const same = rule.expr.value.replace(/\s+/g, '') === other.expr.value.replace(/\s+/g, '');
  const how = same ? 'with the same expression' : 'with another expression';
  return {
    at: { ...rule.at, pointer: [...(rule.at.pointer ?? []), 'alert'] },
    message: `Alert "${rule.name}" is there twice with the same labels and ${how}, so Alertmanager cannot tell the two apart and one resolves what the other fires`,
    related: [{ at: other.at, note: 'the other rule of this name' }],
    hint: 'Keep one of them, or tell them apart by a label such as the severity',
    facts: { alert: rule.name, other: other.at.file },
  };
}
