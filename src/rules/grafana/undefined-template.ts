import type { FindingDraft } from '../../model/finding.ts';
import { mappingAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { entriesOf } from './around.ts';
import { integrationsOf } from './contact-points.ts';

/** Templates that Grafana brings (https://grafana.com/docs/grafana/v10.2/alerting/manage-notifications/template-notifications/). */
const given =
  /^(?:__|default\.|slack\.|teams\.|email\.|pagerduty\.|opsgenie\.|pushover\.|telegram\.|victorops\.|wechat\.|webex\.|discord\.|sns\.)/;

/** A message whose template is nowhere defined is not sent (https://grafana.com/docs/grafana/v10.2/alerting/manage-notifications/template-notifications/create-notification-templates/). */
export const undefinedTemplate = defineRule({
  id: 'grafana/undefined-template',
  severity: 'warning',
  over: 'grafana',
  claim: 'Every template that a contact point uses is provisioned.',
  check: (grafana) => {
    const texts = entriesOf(grafana, 'alerting', 'templates').map(({ value }) => textValue(value, 'template') ?? '');
    const integrations = integrationsOf(grafana);
    const inline = integrations.flatMap(({ entry }) => Object.values(mappingAt(entry.value, 'settings')).map(String));
    const defined = new Set([...texts, ...inline].flatMap((text) => named(text, 'define').map(({ name }) => name)));
    return integrations.flatMap(({ contactPoint, entry }): FindingDraft[] =>
      Object.entries(mappingAt(entry.value, 'settings')).flatMap(([key, text]): FindingDraft[] =>
        named(typeof text === 'string' ? text : '', 'template')
          .filter(({ name }) => !defined.has(name) && !given.test(name))
          .map(({ name, span }) => ({
            at: { ...entry.at, pointer: [...entry.at.pointer, 'settings', key], span },
            message: `Contact point "${contactPoint}" uses the template "${name}", which no file defines, so its messages are not sent`,
            hint: 'Define it under "templates"',
            facts: { contactPoint, template: name },
          })),
      ),
    );
  },
});

function named(
  text: string,
  action: 'define' | 'template',
): { readonly name: string; readonly span: readonly [number, number] }[] {
  return [...text.matchAll(/\{\{-?\s*(define|block|template)\s+"([^"]*)"/g)].flatMap((match) => {
    const [, verb, name = ''] = match;
    const fits = action === 'define' ? verb !== 'template' : verb === 'template';
    return fits ? [{ name, span: [match.index, match.index + match[0].length] as const }] : [];
  });
}
