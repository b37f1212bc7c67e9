import { defineRule } from '../define-rule.ts';
import { isAtMost } from '../support/versions.ts';
import { serviceOf } from './around.ts';
import { isOn } from './outside-hosts.ts';

/** Until version 11 Grafana has two alerting systems, of which one may be on (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/#alerting). */
export const twoAlertings = defineRule({
  id: 'grafana/two-alertings',
  severity: 'error',
  over: 'grafana',
  claim: 'No Grafana has both of its alerting systems switched on.',
  check: (grafana, { stack }) => {
    const { settings } = grafana;
    const old = settings.get('alerting.enabled');
    const now = settings.get('unified_alerting.enabled');
    if (old === undefined || now === undefined || !isAtMost(serviceOf(stack, grafana), 10, 4)) return [];
    if (!isOn(settings, 'alerting.enabled') || !isOn(settings, 'unified_alerting.enabled')) return [];
    return [
      {
        at: old.at,
        message: `The Grafana of service "${grafana.service}" has "alerting" and "unified_alerting" switched on, which exclude each other, so it does not start`,
        related: [{ at: now.at, note: 'the other alerting' }],
        hint: 'Switch "alerting" off',
        facts: { service: grafana.service },
      },
    ];
  },
});
