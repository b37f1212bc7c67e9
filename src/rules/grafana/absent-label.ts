import { defineRule } from '../define-rule.ts';
import { absentLabels } from '../support/series/lacks.ts';
import { dashboardSites } from '../support/series/sites.ts';
import { toldOnce } from '../support/series/told.ts';

/**
 * A matcher on a label that is not there sees the empty text; a grouping by one gives one group
 * (https://prometheus.io/docs/prometheus/2.47/querying/operators/#aggregation-operators).
 */
export const absentLabel = defineRule({
  id: 'grafana/absent-label',
  severity: 'warning',
  over: 'dashboard',
  claim: 'Every label that a dashboard matches, groups by or joins on is one that its series have.',
  check: (dashboard, { repository, stack, grafana }) =>
    toldOnce(dashboardSites(repository, stack, grafana, dashboard), absentLabels),
});
