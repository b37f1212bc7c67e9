import type { FindingDraft } from '../../model/finding.ts';
import { flagAt, mappingAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { entriesOf, placeIn } from './around.ts';

const secrets =
  /^(?:\w*[pP]assword|\w*[tT]oken|\w*[sS]ecret(?:Key)?|accessKey|privateKey|apiKey|httpHeaderValue\d+|tlsClientKey)$/;

/**
 * What is in `jsonData` goes to every browser; what is secret is read from `secureJsonData` alone
 * (https://grafana.com/docs/grafana/v10.2/administration/provisioning/#secure-json-data).
 */
export const misplacedSecret = defineRule({
  id: 'grafana/misplaced-secret',
  severity: 'warning',
  over: 'grafana',
  claim: 'Every secret of a datasource stands where Grafana keeps secrets, and is whole.',
  check: (grafana) =>
    entriesOf(grafana, 'datasources', 'datasources').flatMap((entry): FindingDraft[] => {
      const { value } = entry;
      const name = textValue(value, 'name') ?? '';
      const plain = mappingAt(value, 'jsonData');
      const secure = mappingAt(value, 'secureJsonData');
      const open = Object.keys(plain).filter((key) => secrets.test(key) && typeof plain[key] === 'string');
      const facts = { datasource: name };
      const misplaced = open.map((key) => ({
        at: placeIn(entry, 'jsonData', key),
        message: `"${key}" of datasource "${name}" stands in "jsonData", which every browser is sent and where it is not read as a secret`,
        hint: 'Move it to "secureJsonData"',
        facts,
      }));
      const headers = Object.keys(plain).flatMap((key): FindingDraft[] => {
        const number = /^httpHeaderName(\d+)$/.exec(key)?.[1];
        if (number === undefined || `httpHeaderValue${number}` in secure || `httpHeaderValue${number}` in plain)
          return [];
        const message = `"${key}" of datasource "${name}" has no "httpHeaderValue${number}" in "secureJsonData", so the header is sent empty or not at all`;
        return [{ at: placeIn(entry, 'jsonData', key), message, hint: 'Write its value there', facts }];
      });
      return [...misplaced, ...headers, ...login(entry, name)];
    }),
});

function login(entry: Parameters<typeof placeIn>[0], name: string): FindingDraft[] {
  const { value } = entry;
  if (flagAt(value, 'basicAuth') !== true) return [];
  const missing = [
    ...((textValue(value, 'basicAuthUser') ?? '') === '' ? ['basicAuthUser'] : []),
    ...('basicAuthPassword' in mappingAt(value, 'secureJsonData') ? [] : ['secureJsonData.basicAuthPassword']),
  ];
  return missing.map((key) => ({
    at: placeIn(entry, 'basicAuth'),
    message: `Datasource "${name}" logs in with a password and has no "${key}", so a server that asks for one turns it away`,
    hint: `Write "${key}"`,
    facts: { datasource: name, missing: key },
  }));
}
