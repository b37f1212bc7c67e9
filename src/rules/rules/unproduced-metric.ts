import { defineRule } from '../define-rule.ts';
import { unproduced } from '../support/series/lacks.ts';
import { ruleSites } from '../support/series/sites.ts';
import { toldEach } from '../support/series/told.ts';
import { untoldOnce } from '../support/series/untold.ts';

/**
 * A server stores what its jobs scrape and its rules record, and nothing else. What each pinned exporter exposes is in src/catalog.
 */
export const unproducedMetric = defineRule({
  id: 'rules/unproduced-metric',
  severity: 'error',
  over: 'prometheus',
  claim: 'Every metric that a rule asks for is one that a scrape job or a rule of its server produces.',
  check: (config, { repository, stack }) => {
    const sites = ruleSites(repository, stack, config);
    return [...toldEach(sites, unproduced), ...untoldOnce(sites)];
  },
});
