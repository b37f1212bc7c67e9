import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { serviceOf } from './around.ts';
import { addressOf } from './outside-hosts.ts';
import { problemOf } from './unreachable-host.ts';

/**
 * Grafana asks a datasource from inside of its own container
 * (https://grafana.com/docs/grafana/v10.2/administration/provisioning/#data-sources). What lies outside the repository is not known.
 */
export const deadDatasource = defineRule({
  id: 'grafana/dead-datasource',
  severity: 'error',
  over: 'datasource',
  claim: 'Every datasource inside the stack is a service that Grafana reaches.',
  check: (source, { grafana, stack, repository: { tree } }): FindingDraft[] => {
    const service = serviceOf(stack, grafana);
    const address = source.url === undefined ? undefined : addressOf(source.url.value);
    if (service === undefined || source.url === undefined || address === undefined) return [];
    if (source.access === 'direct' || source.access === 'browser') return [];
    const problem = problemOf(tree, stack, service, address);
    if (problem === undefined) return [];
    return [
      {
        at: source.url.at,
        message: `"${address.host}" of datasource "${source.name}" ${problem}, so everything that asks it shows an error`,
        related: [{ at: service.at, note: 'the service of Grafana' }],
        hint: 'Write the name of the service and the port it listens on in the network',
        facts: { datasource: source.name, host: address.host },
      },
    ];
  },
});
