import { contactPointSettings } from '../../catalog/grafana-contact-points.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { mappingAt, textValue } from '../../read/values.ts';
import { nearest } from '../../schema/nearest.ts';
import { defineRule } from '../define-rule.ts';
import { entriesOf, isGrafana10, placeIn, serviceOf } from './around.ts';
import { type Integration, integrationsOf } from './contact-points.ts';

/** `failure parsing contact points`: what a kind cannot do without must be there (https://grafana.com/docs/grafana/v10.2/alerting/set-up/provision-alerting-resources/file-provisioning/). */
export const rejectedContactPoint = defineRule({
  id: 'grafana/rejected-contact-point',
  severity: 'error',
  over: 'grafana',
  claim: 'Every contact point of Grafana is one that it accepts.',
  check: (grafana, { stack }) => {
    const pinned = isGrafana10(serviceOf(stack, grafana));
    const nameless = entriesOf(grafana, 'alerting', 'contactPoints')
      .filter(({ value }) => (textValue(value, 'name') ?? '').trim() === '')
      .map((entry) => draft(placeIn(entry, 'name'), 'A contact point', 'has no "name"', 'Give it one'));
    return [...nameless, ...integrationsOf(grafana).flatMap((one) => problems(one, pinned))];
  },
});

function problems({ contactPoint, type, entry }: Integration, pinned: boolean): FindingDraft[] {
  const name = `Contact point "${contactPoint}"`;
  const missing = ['uid', 'type'].filter((key) => (textValue(entry.value, key) ?? '').trim() === '');
  const found = missing.map((key) =>
    draft(placeIn(entry, key), name, `has a receiver without "${key}"`, `Write "${key}"`),
  );
  const settings = mappingAt(entry.value, 'settings');
  if (Object.keys(settings).length === 0)
    return [
      ...found,
      draft(placeIn(entry, 'settings'), name, 'has a receiver without "settings"', 'Write where it sends'),
    ];
  const needed = contactPointSettings.get(type);
  if (type === '' || type.includes('$')) return found;
  if (needed === undefined) {
    if (!pinned) return found;
    const meant = nearest(type, contactPointSettings.keys());
    const hint =
      meant === undefined ? `Write one of ${[...contactPointSettings.keys()].join(', ')}` : `Write "${meant}"`;
    return [
      ...found,
      draft(placeIn(entry, 'type'), name, `is of the kind "${type}", which Grafana does not have`, hint),
    ];
  }
  const lost = needed.filter((keys) => keys.split('|').every((key) => (textValue(settings, key) ?? '') === ''));
  return [
    ...found,
    ...lost.map((keys) => {
      const words = keys.replace('|', '" or "');
      return draft(placeIn(entry, 'settings'), name, `(${type}) has no "${words}"`, `Write "${words}"`);
    }),
  ];
}

function draft(at: FindingDraft['at'], name: string, what: string, hint: string): FindingDraft {
  return { at, message: `${name} ${what}, so Grafana ends as it starts`, hint };
}
