import { defineRule } from '../define-rule.ts';

/** Prometheus sets `alertname` last, from the name of the rule (https://prometheus.io/docs/alerting/0.26/clients/). */
export const reservedLabel = defineRule({
  id: 'rules/reserved-label',
  severity: 'warning',
  over: 'alert-rule',
  claim: 'No alert sets a label that Prometheus overwrites.',
  check: (rule) => {
    const given = Object.hasOwn(rule.labels, 'alertname') ? rule.labels['alertname'] : undefined;
    if (given === undefined || given === rule.name) return [];
    return [
      {
        at: { ...rule.at, pointer: [...(rule.at.pointer ?? []), 'labels', 'alertname'] },
        message: `The label "alertname" of alert "${rule.name}" is overwritten with the rule's name, so "${given}" is seen nowhere`,
        hint: 'Rename the rule, or take another label',
        facts: { alert: rule.name, label: given },
      },
    ];
  },
});
