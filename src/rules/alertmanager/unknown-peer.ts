import type { FindingDraft } from '../../model/finding.ts';
import { splitAddress } from '../../read/prometheus/scrape.ts';
import { defineRule } from '../define-rule.ts';
import { sendsTo } from '../support/alert-sources.ts';
import { reachOf } from '../support/hosts.ts';
import { quoteAll } from '../support/quote.ts';

/**
 * Several Alertmanagers that take the same alerts tell each other what was told; without that each tells everybody
 * (https://prometheus.io/docs/alerting/0.26/alertmanager/#high-availability).
 */
export const unknownPeer = defineRule({
  id: 'alertmanager/unknown-peer',
  severity: 'error',
  over: 'alertmanager',
  claim: 'Alertmanagers that get the same alerts know each other by names that are there.',
  check: (config, context) => {
    const { stack, repository } = context;
    const service = stack.services.find((one) => one.name === config.service);
    if (service === undefined) return [];
    const peers = service.command.filter(({ value }) => /^--?cluster\.peer=/.test(value));
    const lost = peers.flatMap(({ value, at }): FindingDraft[] => {
      const address = value.replace(/^--?cluster\.peer=/, '');
      const reach = reachOf(repository.tree, stack, service, splitAddress(address, 'http').host);
      if (reach.kind !== 'nobody' && reach.kind !== 'apart') return [];
      const why = reach.kind === 'nobody' ? 'is no service of the stack' : `and "${service.name}" share no network`;
      return [
        {
          at,
          message: `Peer "${address}" ${why}, so the two do not know what the other has told`,
          hint: 'Write the name of the other Alertmanager and its port for that, 9094',
          facts: { peer: address },
        },
      ];
    });
    const twins = stack.alertmanager.filter(
      (other) =>
        other !== config &&
        stack.prometheus.some((server) =>
          [config, other].every((one) => sendsTo(context, server, one.service) === 'yes'),
        ),
    );
    const spread = service.command.some(({ value }) => value.includes('cluster.peer'));
    const known = stack.services.some(
      (one) =>
        one !== service &&
        one.command.some(({ value }) => value.includes('cluster.peer') && value.includes(service.name)),
    );
    if (twins.length === 0 || spread || known) return lost;
    return [
      ...lost,
      {
        at: service.at,
        severity: 'warning',
        message: `"${service.name}" gets the alerts that ${quoteAll(twins.map((one) => one.service))} gets too, and has no "--cluster.peer", so everybody is told twice`,
        hint: 'Give each "--cluster.peer" with the name of the other and port 9094',
        facts: { service: service.name },
      },
    ];
  },
});
