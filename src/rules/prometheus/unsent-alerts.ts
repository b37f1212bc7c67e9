import type { FindingDraft } from '../../model/finding.ts';
import { alertRules } from '../../model/prometheus.ts';
import { splitAddress } from '../../read/prometheus/scrape.ts';
import { listAt, mappingAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { isAnsweredElsewhere, portMeant, reachOf } from '../support/hosts.ts';

/** Alerts that fire are only seen in Prometheus unless `alerting.alertmanagers` names who takes them. */
export const unsentAlerts = defineRule({
  id: 'prometheus/unsent-alerts',
  severity: 'error',
  over: 'prometheus',
  claim: 'A Prometheus with alerts names an Alertmanager that can be reached.',
  check: (config, { stack, repository: { tree, stacks } }) => {
    const from = stack.services.find((service) => service.name === config.service);
    const alerts = alertRules(config).length;
    const { file } = config;
    if (from === undefined || file === undefined || alerts === 0) return [];
    const managers = listAt(config.value, 'alerting', 'alertmanagers');
    if (managers.length === 0) {
      const inStack = stack.alertmanager.length > 0;
      const message = `"${file}" names no Alertmanager, so its ${alerts} alerts reach nobody`;
      const hint = 'Name one in "alerting.alertmanagers"';
      const draft: FindingDraft = { at: { file }, message, hint, facts: { alerts } };
      return [inStack ? draft : { ...draft, severity: 'warning' }];
    }
    const discovered = managers.some((manager) =>
      Object.keys(mappingAt(manager)).some((key) => key.endsWith('_sd_configs')),
    );
    return config.alertmanagers.flatMap(({ value, at }): FindingDraft[] => {
      const { host, port } = splitAddress(value, 'http');
      const reach = reachOf(tree, stack, from, host);
      const facts = { alertmanager: value, alerts };
      if (reach.kind === 'outside') {
        if (isAnsweredElsewhere(stacks, file, host)) return [];
        const message = `Alertmanager "${value}": ${reach.why}, so whether its alerts (${alerts}) arrive cannot be told`;
        return [{ at, severity: 'info', message, facts }];
      }
      const meant = reach.kind === 'service' ? portMeant(reach.service, port) : undefined;
      if (discovered || (reach.kind === 'service' && meant === undefined)) return [];
      const problem =
        meant !== undefined
          ? `is asked at a port that only the host has; in the network it is ${meant}`
          : reach.kind === 'apart'
            ? `and "${from.name}" share no network`
            : reach.kind === 'self'
              ? 'is the container of Prometheus itself'
              : 'is no service of the stack';
      const message = `Alertmanager "${value}" ${problem}, so its alerts (${alerts}) reach nobody`;
      return [{ at, message, hint: 'Write the name and port of the Alertmanager service', facts }];
    });
  },
});
