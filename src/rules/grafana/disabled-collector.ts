import { defineRule } from '../define-rule.ts';
import { switchedOff } from '../support/series/lacks.ts';
import { dashboardSites } from '../support/series/sites.ts';
import { toldOnce } from '../support/series/told.ts';

/**
 * A collector is off by default or by a flag (https://github.com/prometheus/node_exporter/tree/v1.6.1#collectors,
 * https://github.com/google/cadvisor/blob/v0.47.2/docs/runtime_options.md).
 */
export const disabledCollector = defineRule({
  id: 'grafana/disabled-collector',
  severity: 'warning',
  over: 'dashboard',
  claim: 'Every metric of a dashboard comes from a collector that is on.',
  check: (dashboard, { repository, stack, grafana }) =>
    toldOnce(dashboardSites(repository, stack, grafana, dashboard), switchedOff),
});
