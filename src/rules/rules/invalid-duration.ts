import { durationSeconds } from '../../model/duration.ts';
import { defineRule } from '../define-rule.ts';

/** Durations of rules have the form of PromQL (https://prometheus.io/docs/prometheus/2.47/configuration/alerting_rules/). */
export const invalidDuration = defineRule({
  id: 'rules/invalid-duration',
  severity: 'error',
  over: 'alert-rule',
  claim: 'Every "for" of an alert is a duration.',
  check: (rule) =>
    durationSeconds(rule.for) !== undefined
      ? []
      : [
          {
            at: { ...rule.at, pointer: [...(rule.at.pointer ?? []), 'for'] },
            message: `"${rule.for}" of alert "${rule.name}" is no duration, so Prometheus refuses the whole file and does not start`,
            hint: 'Write a number and a unit without a space, such as "5m"',
            facts: { alert: rule.name, for: rule.for },
          },
        ],
});
