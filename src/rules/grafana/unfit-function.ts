import { defineRule } from '../define-rule.ts';
import { dashboardSites } from '../support/series/sites.ts';
import { toldOnce } from '../support/series/told.ts';
import { unfitFunctions } from '../support/series/uses.ts';

/**
 * A rate takes every fall for a restart (https://prometheus.io/docs/prometheus/2.47/querying/functions/#rate).
 */
export const unfitFunction = defineRule({
  id: 'grafana/unfit-function',
  severity: 'warning',
  over: 'dashboard',
  claim: 'Every function of a dashboard is one for the type of its metric.',
  check: (dashboard, { repository, stack, grafana }) =>
    toldOnce(dashboardSites(repository, stack, grafana, dashboard), unfitFunctions),
});
