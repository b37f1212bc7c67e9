import type { FindingDraft } from '../../model/finding.ts';
import type { Datasource } from '../../model/grafana.ts';
import { serviceByHost } from '../../model/stack.ts';
import { splitAddress } from '../../read/prometheus/scrape.ts';
import { defineRule } from '../define-rule.ts';
import { clientsOf } from '../promtail/clients.ts';

/** Lines that are kept where no Grafana looks are found by nobody who does not know where they are. */
export const unshownLogs = defineRule({
  id: 'loki/unshown-logs',
  severity: 'warning',
  over: 'loki',
  claim: 'A Loki that is sent lines is a datasource of the Grafana beside it.',
  check: ({ service: name }, { stack }): FindingDraft[] => {
    const pushed = stack.promtail.some((promtail) =>
      clientsOf(promtail, stack).some(({ loki }) => loki?.service === name),
    );
    // A Grafana that provisions nothing gets its datasources by hand.
    const grafanas = stack.grafana.filter(({ datasources }) => datasources.length > 0);
    const own = stack.services.find((one) => one.name === name);
    if (!pushed || own === undefined || grafanas.length === 0) return [];
    const leadsHere = ({ type, url }: Datasource): boolean => {
      if (type !== 'loki') return false;
      const host = splitAddress(url?.value ?? '', 'http').host;
      const service = serviceByHost(stack, host);
      // A gateway, a variable or an address outside may well lead here.
      return service === undefined || service === own || service.product === undefined;
    };
    if (grafanas.some(({ datasources }) => datasources.some(leadsHere))) return [];
    const [grafana] = grafanas;
    const first = grafana?.datasources[0];
    return [
      {
        at: own.at,
        message: `Loki "${name}" is sent lines, and no datasource of Grafana "${grafana?.service ?? ''}" leads to it, so nobody sees them`,
        ...(first === undefined ? {} : { related: [{ at: first.at, note: 'the datasources there are' }] }),
        hint: 'Provision a datasource of type loki with its address',
        facts: { service: name, grafana: grafana?.service ?? '' },
      },
    ];
  },
});
