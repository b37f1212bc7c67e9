import { defineRule } from '../define-rule.ts';
import { dashboardSites } from '../support/series/sites.ts';
import { toldOnce } from '../support/series/told.ts';
import { lostBuckets } from '../support/series/uses.ts';

/**
 * Buckets are told apart by "le" (https://prometheus.io/docs/prometheus/2.47/querying/functions/#histogram_quantile).
 */
export const lostBucket = defineRule({
  id: 'grafana/lost-bucket',
  severity: 'warning',
  over: 'dashboard',
  claim: 'Every quantile of a dashboard is taken of buckets that still have their label "le".',
  check: (dashboard, { repository, stack, grafana }) =>
    toldOnce(dashboardSites(repository, stack, grafana, dashboard), lostBuckets),
});
