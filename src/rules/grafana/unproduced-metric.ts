import { defineRule } from '../define-rule.ts';
import { unproduced } from '../support/series/lacks.ts';
import { dashboardSites } from '../support/series/sites.ts';
import { toldOnce } from '../support/series/told.ts';
import { untoldOnce } from '../support/series/untold.ts';

/**
 * A server stores what its jobs scrape and its rules record, and nothing else. What each pinned exporter exposes is in src/catalog.
 */
export const unproducedMetric = defineRule({
  id: 'grafana/unproduced-metric',
  severity: 'warning',
  over: 'dashboard',
  claim: 'Every metric of a dashboard is one that a scrape job or a rule of its Prometheus produces.',
  check: (dashboard, { repository, stack, grafana }) => {
    const sites = dashboardSites(repository, stack, grafana, dashboard);
    return [...toldOnce(sites, unproduced), ...untoldOnce(sites)];
  },
});
