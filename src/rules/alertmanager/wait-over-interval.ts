import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { bothSeconds, timingsOf } from '../support/timings.ts';

/**
 * The first message of a group waits for `group_wait`, every later one for `group_interval`
 * (https://prometheus.io/docs/alerting/0.26/configuration/#route). Both are inherited.
 */
export const waitOverInterval = defineRule({
  id: 'alertmanager/wait-over-interval',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'The first message of a group waits no longer than the later ones.',
  check: (config) =>
    timingsOf(config.route).flatMap(({ route, wait, group, written }): FindingDraft[] => {
      const key = (['group_wait', 'group_interval'] as const).find((one) => written.includes(one));
      const [first = 0, later = 0] = bothSeconds(wait, group) ?? [];
      if (key === undefined || first <= later) return [];
      return [
        {
          at: { ...route.at, pointer: [...(route.at.pointer ?? []), key] },
          message: `The route to "${route.receiver}" waits ${wait} before it tells of a new group and ${group} before it tells of a change, so what is new is told last`,
          hint: 'Make "group_wait" the shorter of the two',
          facts: { receiver: route.receiver, wait, group },
        },
      ];
    }),
});
