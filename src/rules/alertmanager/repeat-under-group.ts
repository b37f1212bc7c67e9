import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { bothSeconds, timingsOf } from '../support/timings.ts';

/**
 * A group is only looked at every `group_interval`, so it cannot be repeated more often
 * (https://prometheus.io/docs/alerting/0.26/configuration/#route). Both are inherited.
 */
export const repeatUnderGroup = defineRule({
  id: 'alertmanager/repeat-under-group',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'No alert is to be repeated more often than its group is looked at.',
  check: (config) =>
    timingsOf(config.route).flatMap(({ route, group, repeat, written }): FindingDraft[] => {
      const key = (['repeat_interval', 'group_interval'] as const).find((one) => written.includes(one));
      const [looked = 0, again = 0] = bothSeconds(group, repeat) ?? [];
      if (key === undefined || again >= looked) return [];
      return [
        {
          at: { ...route.at, pointer: [...(route.at.pointer ?? []), key] },
          message: `The route to "${route.receiver}" repeats every ${repeat} and looks at its groups every ${group}, so it repeats no sooner than that`,
          hint: 'Make "repeat_interval" the longer of the two',
          facts: { receiver: route.receiver, group, repeat },
        },
      ];
    }),
});
