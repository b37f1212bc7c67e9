import { defineRule } from '../define-rule.ts';
import { unjoinable } from '../support/series/lacks.ts';
import { dashboardSites } from '../support/series/sites.ts';
import { toldOnce } from '../support/series/told.ts';

/**
 * Series join where all labels are the same, or those named by "on"
 * (https://prometheus.io/docs/prometheus/2.47/querying/operators/#vector-matching).
 */
export const unjoinableVectors = defineRule({
  id: 'grafana/unjoinable-vectors',
  severity: 'warning',
  over: 'dashboard',
  claim: 'The two sides of an operator of a dashboard have series with the same labels.',
  check: (dashboard, { repository, stack, grafana }) =>
    toldOnce(dashboardSites(repository, stack, grafana, dashboard), unjoinable),
});
