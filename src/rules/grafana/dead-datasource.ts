import type { FindingDraft } from '../../model/finding.ts';
import { serviceByHost } from '../../model/stack.ts';
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
  check: (source, { grafana, stack, repository }): FindingDraft[] => {
    const service = serviceOf(stack, grafana);
    const address = source.url === undefined ? undefined : addressOf(source.url.value);
    if (service === undefined || source.url === undefined || address === undefined) return [];
    if (source.access === 'direct' || source.access === 'browser') return [];
    const problem = problemOf(repository.tree, stack, service, address);
    if (problem === undefined) return [];
    // A file that several stacks mount can be right for one of them only.
    const right = repository.stacks.find(
      (one) =>
        one !== stack &&
        one.grafana.some((other) => other.datasources.some(({ at }) => at.file === source.at.file)) &&
        serviceByHost(one, address.host) !== undefined,
    );
    return [
      {
        at: source.url.at,
        ...(right === undefined && problem.sure ? {} : { severity: 'warning' }),
        message: `"${address.host}" of datasource "${source.name}" ${problem.what}${right === undefined ? '' : ` in "${stack.composeFile}"`}, so everything that asks it shows an error`,
        related: [{ at: service.at, note: 'the service of Grafana' }],
        hint: 'Write the name of the service and the port it listens on in the network',
        facts: { datasource: source.name, host: address.host },
      },
    ];
  },
});
