import { defineRule } from '../define-rule.ts';
import { absentLabels, switchedOff, unjoinable, unmatched, unproduced } from '../support/series/lacks.ts';
import { managedSites, type Site } from '../support/series/sites.ts';
import { type Problem, toldEach } from '../support/series/told.ts';
import { untoldOnce } from '../support/series/untold.ts';
import { lostBuckets, unfitFunctions } from '../support/series/uses.ts';

/**
 * Grafana evaluates its own alerts by asking the datasource; without data their state is "no data"
 * (https://grafana.com/docs/grafana/v10.2/alerting/fundamentals/alert-rules/state-and-health/).
 */
export const datalessAlert = defineRule({
  id: 'grafana/dataless-alert',
  severity: 'warning',
  over: 'grafana',
  claim: 'Every query of a Grafana-managed alert is one that its Prometheus has series for.',
  check: (grafana, { repository, stack }) => {
    const sites = managedSites(repository, stack, grafana);
    return [...toldEach(sites, problemsOf), ...untoldOnce(sites)];
  },
});

function problemsOf(site: Site): Problem[] {
  return [unproduced, switchedOff, unmatched, absentLabels, unjoinable, lostBuckets, unfitFunctions].flatMap((find) =>
    find(site),
  );
}
