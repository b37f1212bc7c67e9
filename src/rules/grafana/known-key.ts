import { isMapping, mappingAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { entriesOf, hasWholeEnvironment, isOpaque, itemsOf, placeIn, serviceOf } from './around.ts';

const published = 'SW2YcwTIb9zpOOhoPsMm';

/** Grafana encrypts what it keeps of secrets with `secret_key`, and its default is in every copy of Grafana (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/#secret_key). */
export const knownKey = defineRule({
  id: 'grafana/known-key',
  severity: 'warning',
  over: 'grafana',
  claim: 'What a Grafana keeps secret is encrypted with a key that not everybody has.',
  check: (grafana, { stack, repository: { tree } }) => {
    const service = serviceOf(stack, grafana);
    const key = grafana.settings.get('security.secret_key');
    if (service === undefined || isOpaque(service) || (key !== undefined && key.value !== published)) return [];
    if (key === undefined && !hasWholeEnvironment(tree, stack, service)) return [];
    const sources = entriesOf(grafana, 'datasources', 'datasources').filter(({ value }) =>
      isMapping(value['secureJsonData']),
    );
    const points = entriesOf(grafana, 'alerting', 'contactPoints').flatMap(({ value, at }) =>
      itemsOf(at, value, 'receivers'),
    );
    const secret = sources[0] ?? points.find(({ value }) => 'password' in mappingAt(value, 'settings'));
    if (secret === undefined) return [];
    const where = placeIn(secret, 'secureJsonData');
    return [
      {
        at: key?.at ?? service.at,
        message: `The Grafana of service "${service.name}" has the "secret_key" of every Grafana, so whoever gets its database or a backup of it reads the passwords in it`,
        related: [{ at: where, note: 'a secret that it keeps' }],
        hint: 'Give it a key of its own: GF_SECURITY_SECRET_KEY__FILE',
        facts: { service: service.name },
      },
    ];
  },
});
