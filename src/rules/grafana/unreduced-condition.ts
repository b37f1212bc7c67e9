import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { outcomeOf } from './alert-graph.ts';

/** `looks like time series data, only reduced data can be alerted on` (https://grafana.com/docs/grafana/v10.2/alerting/fundamentals/alert-rules/queries-conditions/). */
export const unreducedCondition = defineRule({
  id: 'grafana/unreduced-condition',
  severity: 'error',
  over: 'grafana',
  claim: 'Every alert rule of Grafana is decided by numbers and not by series.',
  check: (grafana) =>
    (grafana.alerts ?? []).flatMap((alert): FindingDraft[] => {
      const { condition, title, at } = alert;
      if (outcomeOf(alert, grafana, condition) !== 'series') return [];
      return [
        {
          at: { ...at, pointer: [...(at.pointer ?? []), 'condition'] },
          message: `Alert "${title}" is decided by "${condition}", which gives series over time and no single numbers, so every evaluation fails`,
          hint: 'Ask with "instant: true", or put a "reduce" expression between',
          facts: { alert: title, condition },
        },
      ];
    }),
});
