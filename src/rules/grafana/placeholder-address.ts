import type { FindingDraft } from '../../model/finding.ts';
import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { placeholderIn } from '../support/placeholder-text.ts';
import { placeIn } from './around.ts';
import { integrationsOf } from './contact-points.ts';
import { isOn } from './outside-hosts.ts';

/** Where a contact point sends. Of those that may hold a secret only the name is printed. */
const keys = [
  'addresses',
  'url',
  'recipient',
  'apiUrl',
  'endpointUrl',
  'integrationKey',
  'chatid',
  'bottoken',
  'token',
];

/**
 * `example.com`, `.org` and `.net` are kept for documents and belong to nobody who reads mail or takes webhooks
 * (https://www.rfc-editor.org/rfc/rfc2606#section-3).
 */
export const placeholderAddress = defineRule({
  id: 'grafana/placeholder-address',
  severity: 'warning',
  over: 'grafana',
  claim: 'No contact point and no mail server of Grafana is a placeholder.',
  check: (grafana) => {
    const points = integrationsOf(grafana).flatMap(({ contactPoint, entry }) =>
      keys.flatMap((key): FindingDraft[] => {
        const found = placeholderIn(textValue(entry.value, 'settings', key) ?? '');
        if (found === undefined) return [];
        return [
          {
            at: placeIn(entry, 'settings', key),
            message: `"${key}" of contact point "${contactPoint}" is ${found}, so what goes there reaches nobody`,
            hint: 'Write the real address, or take the receiver away',
            facts: { contactPoint, key },
          },
        ];
      }),
    );
    const host = isOn(grafana.settings, 'smtp.enabled') ? grafana.settings.get('smtp.host') : undefined;
    const found = host === undefined ? undefined : placeholderIn(`://${host.value}`);
    if (host === undefined || found === undefined) return points;
    const message = `The mail server of Grafana "${grafana.service}" is ${found}, so no mail is sent`;
    return [...points, { at: host.at, message, hint: 'Name the real one', facts: { setting: 'smtp.host' } }];
  },
});
