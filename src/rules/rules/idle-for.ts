import { durationSeconds } from '../../model/duration.ts';
import { defineRule } from '../define-rule.ts';
import { retentionOf } from '../support/retention.ts';

/**
 * An alert that is pending is looked at once in an evaluation interval
 * (https://prometheus.io/docs/prometheus/2.47/configuration/alerting_rules/).
 */
export const idleFor = defineRule({
  id: 'rules/idle-for',
  severity: 'warning',
  over: 'alert-rule',
  claim: 'Every "for" is at least one evaluation long, and no longer than data is kept.',
  check: (rule, { group, stack, prometheus }) => {
    const waits = durationSeconds(rule.for) ?? 0;
    if (waits === 0) return [];
    const retention = retentionOf(stack, prometheus);
    const short = waits < group.interval;
    if (!short && waits <= retention) return [];
    const why = short
      ? `is shorter than the ${group.interval}s between two evaluations of group "${group.name}", so the alert waits for one of those`
      : `is longer than the ${Math.round(retention / 86_400)} days that data is kept, so nobody will see why it fires`;
    return [
      {
        at: { ...rule.at, pointer: [...(rule.at.pointer ?? []), 'for'] },
        message: `"for: ${rule.for}" of alert "${rule.name}" ${why}`,
        hint: short ? 'Wait for several evaluations, or shorten the interval' : 'Shorten it',
        facts: { alert: rule.name, for: rule.for, interval: group.interval },
      },
    ];
  },
});
