import { defineRule } from '../define-rule.ts';
import { unmatched } from '../support/series/lacks.ts';
import { dashboardSites } from '../support/series/sites.ts';
import { toldOnce } from '../support/series/told.ts';

/**
 * Labels of a target come from its job and what relabelling makes of them
 * (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#relabel_config).
 */
export const impossibleMatcher = defineRule({
  id: 'grafana/impossible-matcher',
  severity: 'warning',
  over: 'dashboard',
  claim: 'Every matcher of a dashboard is one that some series of its Prometheus satisfies.',
  check: (dashboard, { repository, stack, grafana }) =>
    toldOnce(dashboardSites(repository, stack, grafana, dashboard), unmatched),
});
