import type { FindingDraft } from '../../model/finding.ts';
import { listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { entriesOf, orgOf } from './around.ts';
import { policiesOf } from './contact-points.ts';

/** What Grafana has without being told. */
const given = 'grafana-default-email';

/** `receiver does not exist`: a policy may name only what is there (https://grafana.com/docs/grafana/v10.2/alerting/fundamentals/notification-policies/notifications/). */
export const lostReceiver = defineRule({
  id: 'grafana/lost-receiver',
  severity: 'error',
  over: 'grafana',
  claim: 'Every contact point and mute timing that a notification policy names is provisioned.',
  check: (grafana) => {
    const points = entriesOf(grafana, 'alerting', 'contactPoints');
    const timings = entriesOf(grafana, 'alerting', 'muteTimes');
    return policiesOf(grafana).flatMap(({ entry, org }): FindingDraft[] => {
      const { value, at } = entry;
      const receiver = textValue(value, 'receiver') ?? '';
      const mine = points.filter((point) => orgOf(point) === org);
      const full = mine.filter((point) => listAt(point.value, 'receivers').length > 0);
      const names = full.map((point) => textValue(point.value, 'name') ?? '');
      const open = receiver === '' || [receiver, ...names].some((name) => name.includes('$'));
      const found: FindingDraft[] = [];
      if (!open && receiver !== given && !names.includes(receiver)) {
        const empty = mine.some((point) => textValue(point.value, 'name') === receiver);
        const what = empty ? 'which has no receivers' : 'which no file provisions';
        // Without any in the files, they may have been made by hand.
        const sure: Pick<FindingDraft, 'severity'> = mine.length > 0 ? {} : { severity: 'info' };
        const end =
          mine.length > 0 ? 'Grafana ends as it starts' : 'whether Grafana starts depends on one made by hand';
        const message = `A notification policy sends to the contact point "${receiver}", ${what}, so ${end}`;
        const hint = names.length > 0 ? `Name one that is there: ${names.join(', ')}` : 'Provision it';
        found.push({
          at: { ...at, pointer: [...at.pointer, 'receiver'] },
          ...sure,
          message,
          hint,
          facts: { receiver },
        });
      }
      const known = timings.filter((timing) => orgOf(timing) === org).map((timing) => textValue(timing.value, 'name'));
      for (const [index, timing] of listAt(value, 'mute_time_intervals').entries()) {
        if (typeof timing !== 'string' || timing.includes('$') || known.includes(timing)) continue;
        const sure: Pick<FindingDraft, 'severity'> = known.length > 0 ? {} : { severity: 'info' };
        found.push({
          at: { ...at, pointer: [...at.pointer, 'mute_time_intervals', index] },
          ...sure,
          message: `A notification policy is muted by "${timing}", which no file provisions, so Grafana ends as it starts unless somebody made it by hand`,
          hint: 'Provision the mute timing',
          facts: { timing },
        });
      }
      return found;
    });
  },
});
