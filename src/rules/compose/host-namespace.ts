import type { FindingDraft } from '../../model/finding.ts';
import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { placeIn } from '../support/places.ts';

const shared = [
  { key: 'pid', follows: 'it sees, and may end, every process of the host' },
  { key: 'ipc', follows: 'it shares the memory of programs of the host' },
  { key: 'uts', follows: 'it can rename the host' },
  { key: 'userns_mode', follows: 'its root is the root of the host' },
];

/** https://docs.docker.com/reference/compose-file/services/#pid; for node-exporter it is the way its authors name (https://github.com/prometheus/node_exporter/tree/v1.6.1#docker). */
export const hostNamespace = defineRule({
  id: 'compose/host-namespace',
  severity: 'warning',
  over: 'service',
  claim: 'No service shares a name space with the host.',
  check: (service): FindingDraft[] =>
    shared
      .filter(({ key }) => textValue(service.definition, key) === 'host')
      .map(({ key, follows }) => ({
        at: placeIn(service, key),
        message: `Service "${service.name}" has "${key}" of the host, so ${follows}`,
        hint: 'Take it away unless the program reads the host by it',
        facts: { service: service.name, key },
        ...(service.product === 'node-exporter' && key === 'pid' ? { severity: 'info' as const } : {}),
      })),
});
