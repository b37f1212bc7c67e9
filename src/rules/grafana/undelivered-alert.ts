import type { FindingDraft } from '../../model/finding.ts';
import type { GrafanaConfig } from '../../model/grafana.ts';
import type { Service } from '../../model/stack.ts';
import { defineRule } from '../define-rule.ts';
import { entriesOf, hasWholeEnvironment, isOpaque, placeIn, serviceOf } from './around.ts';
import { integrationsOf } from './contact-points.ts';
import { isOn } from './outside-hosts.ts';

/**
 * Without a contact point alerts go to the default one, a mail to an address of nobody, and without SMTP no mail goes out
 * (https://grafana.com/docs/grafana/v10.2/alerting/fundamentals/contact-points/).
 */
export const undeliveredAlert = defineRule({
  id: 'grafana/undelivered-alert',
  severity: 'warning',
  over: 'grafana',
  claim: 'What a Grafana alerts of is sent to somebody.',
  check: (grafana, { stack, repository: { tree } }) => {
    const service = serviceOf(stack, grafana);
    if (service === undefined || isOpaque(service) || !hasWholeEnvironment(tree, stack, service)) return [];
    return [...toNobody(grafana), ...withoutMail(grafana, service)];
  },
});

function toNobody(grafana: GrafanaConfig): FindingDraft[] {
  const [first] = grafana.alerts ?? [];
  const all = grafana.alerts?.length ?? 0;
  const ways =
    entriesOf(grafana, 'alerting', 'contactPoints').length + entriesOf(grafana, 'alerting', 'policies').length;
  const label = first?.value['notification_settings'];
  if (first === undefined || ways > 0 || label !== undefined) return [];
  return [
    {
      at: { file: first.at.file, pointer: ['groups'], part: 'key' },
      message: `"${grafana.service}" has ${all} alert rules and no contact point in its files, so what they tell goes to the default one, a mail to nobody's address`,
      hint: 'Provision a contact point and a notification policy',
      facts: { alerts: all },
    },
  ];
}

function withoutMail(grafana: GrafanaConfig, service: Service): FindingDraft[] {
  const enabled = grafana.settings.get('smtp.enabled');
  if (isOn(grafana.settings, 'smtp.enabled') || enabled?.value.includes('$') === true) return [];
  return integrationsOf(grafana)
    .filter(({ type }) => type === 'email')
    .map(
      ({ contactPoint, entry }): FindingDraft => ({
        at: placeIn(entry, 'type'),
        message: `Contact point "${contactPoint}" sends mail, and the settings of "${service.name}" do not switch SMTP on, so nothing is sent`,
        related: [{ at: enabled?.at ?? service.at, note: 'the settings of this Grafana' }],
        hint: 'Switch "smtp.enabled" on and name the mail server',
        facts: { contactPoint },
      }),
    );
}
