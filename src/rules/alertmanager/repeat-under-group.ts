import type { Route } from '../../model/alertmanager.ts';
import { durationSeconds } from '../../model/duration.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

interface Timing {
  readonly group: string;
  readonly repeat: string;
}

const defaults: Timing = { group: '5m', repeat: '4h' };

/**
 * A group is only looked at every `group_interval`, so it cannot be repeated more often
 * (https://prometheus.io/docs/alerting/0.26/configuration/#route). Both are inherited.
 */
export const repeatUnderGroup = defineRule({
  id: 'alertmanager/repeat-under-group',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'No alert is to be repeated more often than its group is looked at.',
  check: ({ route }) => (route === undefined ? [] : below(route, defaults)),
});

function below(route: Route, above: Timing): FindingDraft[] {
  const [ownGroup, ownRepeat] = [textValue(route.value, 'group_interval'), textValue(route.value, 'repeat_interval')];
  const timing = { group: ownGroup ?? above.group, repeat: ownRepeat ?? above.repeat };
  const [group, repeat] = [durationSeconds(timing.group), durationSeconds(timing.repeat)];
  const written = ownGroup !== undefined || ownRepeat !== undefined;
  const wrong = written && group !== undefined && repeat !== undefined && repeat < group;
  return [
    ...(wrong ? [draft(route, timing, ownRepeat !== undefined)] : []),
    ...route.routes.flatMap((child) => below(child, timing)),
  ];
}

function draft(route: Route, { group, repeat }: Timing, isRepeat: boolean): FindingDraft {
  const pointer = [...(route.at.pointer ?? []), isRepeat ? 'repeat_interval' : 'group_interval'];
  return {
    at: { ...route.at, pointer },
    message: `The route to "${route.receiver}" repeats every ${repeat} and looks at its groups every ${group}, so it repeats no sooner than that`,
    hint: 'Make "repeat_interval" the longer of the two',
    facts: { receiver: route.receiver, group, repeat },
  };
}
