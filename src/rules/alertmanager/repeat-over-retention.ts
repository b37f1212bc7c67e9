import type { FindingDraft } from '../../model/finding.ts';
import { flagValue } from '../../read/flags.ts';
import { defineRule } from '../define-rule.ts';
import { bothSeconds, timingsOf } from '../support/timings.ts';

/**
 * What was told is remembered for `--data.retention` (five days where nothing is written); after that it counts as not
 * told (https://prometheus.io/docs/alerting/0.26/configuration/#route).
 */
export const repeatOverRetention = defineRule({
  id: 'alertmanager/repeat-over-retention',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'No alert is to be repeated after a longer time than Alertmanager remembers.',
  check: (config, { stack }) => {
    const service = stack.services.find((one) => one.name === config.service);
    const flag = service === undefined ? undefined : flagValue(service, 'data.retention');
    const kept = flag?.value || '120h';
    return timingsOf(config.route).flatMap(({ route, repeat, written }): FindingDraft[] => {
      const [again = 0, remembered = 0] = bothSeconds(repeat, kept) ?? [];
      if (!written.includes('repeat_interval') || again <= remembered) return [];
      return [
        {
          at: { ...route.at, pointer: [...(route.at.pointer ?? []), 'repeat_interval'] },
          message: `The route to "${route.receiver}" repeats after ${repeat}, and what was told is forgotten after ${kept}, so it repeats after that`,
          ...(flag === undefined ? {} : { related: [{ at: flag.at, note: 'how long it is remembered' }] }),
          hint: 'Repeat sooner, or raise "--data.retention"',
          facts: { receiver: route.receiver, repeat, retention: kept },
        },
      ];
    });
  },
});
