import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { incomingAlerts } from '../support/alert-sources.ts';
import { isWhole, routedAlerts, routesBelow } from '../support/alert-ways.ts';

/**
 * A receiver that routes name and no alert ends in has never been tried, and whoever it is meant for waits for nothing.
 * The receiver of the root is there for alerts that nobody thought of.
 */
export const unreachedReceiver = defineRule({
  id: 'alertmanager/unreached-receiver',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'Every receiver with a route is one that some alert can reach.',
  check: (config, context) => {
    const { alerts, unknown } = incomingAlerts(config, context);
    if (config.route === undefined || alerts.length === 0 || unknown !== undefined || !isWhole(config, context))
      return [];
    const reached = new Set(routedAlerts(config, context).flatMap(({ ways }) => ways.ends.map((end) => end.receiver)));
    const routes = routesBelow(config.route);
    return config.receivers.flatMap(({ name, integrations, at }): FindingDraft[] => {
      const naming = routes.filter((route) => route.receiver === name);
      if (reached.has(name) || naming.length === 0 || name === config.route?.receiver) return [];
      if (integrations.length === 0) return [];
      return [
        {
          at,
          message: `Receiver "${name}" is reached by none of the ${alerts.length} alerts that come, so nobody is ever told through it`,
          related: naming.slice(0, 3).map((route) => ({ at: route.at, note: 'a route to it' })),
          hint: 'Give alerts the labels that its routes ask for, or take it away',
          facts: { receiver: name, alerts: alerts.length },
        },
      ];
    });
  },
});
