import { defineRule } from '../define-rule.ts';
import { imageVersion } from '../support/versions.ts';
import { serviceOf } from './around.ts';
import { isOn } from './outside-hosts.ts';

/** Notifiers belong to the alerting before Grafana 9, which is off unless somebody switches it on (https://grafana.com/docs/grafana/v10.2/alerting/). */
export const legacyNotifier = defineRule({
  id: 'grafana/legacy-notifier',
  severity: 'warning',
  over: 'grafana',
  claim: 'No notifier is provisioned for an alerting that is not there.',
  check: (grafana, { stack }) => {
    const version = imageVersion(serviceOf(stack, grafana));
    if (version === undefined || version[0] < 9 || isOn(grafana.settings, 'alerting.enabled')) return [];
    return (grafana.provisioned ?? [])
      .filter(({ kind }) => kind === 'notifiers')
      .map(({ file }) => ({
        at: { file },
        message: `"${file}" sets up notifiers of the alerting before Grafana 9, which is off in "${grafana.service}", so nothing is sent through them`,
        hint: 'Write a contact point and a notification policy in "alerting"',
        facts: { service: grafana.service },
      }));
  },
});
