import type { FindingDraft } from '../../model/finding.ts';
import { type AlertRule, alertRules } from '../../model/prometheus.ts';
import { treeOf } from '../../query/promql.ts';
import { resultLabels } from '../../query/promql-labels.ts';
import { printed } from '../../query/promql-print.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';

/**
 * An alert is known by its labels alone, the name among them (https://prometheus.io/docs/alerting/0.26/clients/). Two rules
 * of one name and the same labels make the same alerts where their expressions differ in numbers only, or keep no label;
 * what other expressions select may well be apart, and where both keep the same few labels it cannot be told.
 */
export const duplicateAlert = defineRule({
  id: 'rules/duplicate-alert',
  severity: 'warning',
  over: 'prometheus',
  claim: 'No two rules of a Prometheus make the same alerts.',
  check: (config) => {
    const first = new Map<string, AlertRule>();
    const alike = new Map<string, AlertRule>();
    const times = new Map<string, number>();
    const alerts = alertRules(config);
    for (const { name } of alerts) times.set(name, (times.get(name) ?? 0) + 1);
    return alerts.flatMap((rule): FindingDraft[] => {
      if (times.get(rule.name) === 1) return [];
      const labels = Object.entries(rule.labels).sort(([a], [b]) => (a < b ? -1 : 1));
      const key = JSON.stringify([rule.name, labels, shapeOf(rule.expr.value)]);
      const kept = resultLabels(rule.expr.value);
      const loose = kept === undefined ? undefined : JSON.stringify([rule.name, labels, [...kept].sort()]);
      const [same, similar] = [first.get(key), loose === undefined ? undefined : alike.get(loose)];
      if (same === undefined) first.set(key, rule);
      if (loose !== undefined && similar === undefined) alike.set(loose, rule);
      if (same !== undefined) return [draft(rule, same)];
      return similar === undefined ? [] : [doubtful(rule, similar, [...(kept ?? [])].sort())];
    });
  },
});

/** The expression in one form and with one number for all; those that keep no label are all of one shape. */
function shapeOf(expr: string): string {
  if (resultLabels(expr)?.size === 0) return '';
  return formOf(expr).replace(/"(?:\\.|[^"\\])*"|\b\d[\w.]*\b|\s+/g, (part) => {
    if (part.startsWith('"')) return part;
    return /^\s/.test(part) ? '' : '0';
  });
}

function formOf(expr: string): string {
  const tree = treeOf(expr);
  return tree === undefined ? expr : printed(tree);
}

function draft(rule: AlertRule, other: AlertRule): FindingDraft {
  const how =
    formOf(rule.expr.value) === formOf(other.expr.value) ? 'with the same expression' : 'with another expression';
  return {
    at: { ...rule.at, pointer: [...(rule.at.pointer ?? []), 'alert'] },
    message: `Alert "${rule.name}" is there twice with the same labels and ${how}, so Alertmanager cannot tell the two apart and one resolves what the other fires`,
    related: [{ at: other.at, note: 'the other rule of this name' }],
    hint: 'Keep one of them, or tell them apart by a label such as the severity',
    facts: { alert: rule.name, other: other.at.file },
  };
}

function doubtful(rule: AlertRule, other: AlertRule, kept: readonly string[]): FindingDraft {
  return {
    at: { ...rule.at, pointer: [...(rule.at.pointer ?? []), 'alert'] },
    severity: 'info',
    message: `Alert "${rule.name}" is there twice, and both rules keep ${quoteAll(kept)} alone, so whether their alerts can be told apart depends on the series`,
    related: [{ at: other.at, note: 'the other rule of this name' }],
    hint: 'Tell them apart by a label such as the severity',
    facts: { alert: rule.name, other: other.at.file, kept: [...kept] },
  };
}
