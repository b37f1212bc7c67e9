import { durationSeconds } from '../../model/duration.ts';
import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

/** A provisioned dashboard that refreshes more often than it may is changed to the least that is allowed (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/#min_refresh_interval). */
export const shortRefresh = defineRule({
  id: 'grafana/short-refresh',
  severity: 'warning',
  over: 'dashboard',
  claim: 'No dashboard asks to be refreshed more often than Grafana allows.',
  check: ({ file, value, title }, { grafana }) => {
    const refresh = textValue(value, 'refresh') ?? '';
    const setting = grafana.settings.get('dashboards.min_refresh_interval');
    const least = setting?.value || '5s';
    const [wanted, allowed] = [durationSeconds(refresh), durationSeconds(least)];
    if (wanted === undefined || wanted === 0 || allowed === undefined || wanted >= allowed) return [];
    return [
      {
        at: { file, pointer: ['refresh'] },
        message: `Dashboard "${title ?? file}" asks to be refreshed every ${refresh}, and Grafana allows every "${least}" at most, so it is refreshed that often`,
        ...(setting === undefined ? {} : { related: [{ at: setting.at, note: 'the least that is allowed' }] }),
        hint: 'Write a longer "refresh", or allow it with "min_refresh_interval"',
        facts: { file, refresh, allowed: least },
      },
    ];
  },
});
