import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { intervalUses, namedIntervals } from '../support/time-intervals.ts';

/** A time interval has an effect where a route names it (https://prometheus.io/docs/alerting/0.26/configuration/#time_interval). */
export const unusedTimeInterval = defineRule({
  id: 'alertmanager/unused-time-interval',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'Every time interval is named by a route.',
  check: (config) => {
    const used = new Set(intervalUses(config).map(({ name }) => name));
    return namedIntervals(config)
      .filter(({ name }) => !used.has(name))
      .map(
        ({ name, at }): FindingDraft => ({
          at,
          message: `Time interval "${name}" is named by no route, so it mutes nothing`,
          hint: 'Name it in a route, or take it away',
          facts: { interval: name },
        }),
      );
  },
});
