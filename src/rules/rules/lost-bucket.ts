import { defineRule } from '../define-rule.ts';
import { ruleSites } from '../support/series/sites.ts';
import { toldEach } from '../support/series/told.ts';
import { lostBuckets } from '../support/series/uses.ts';

/**
 * Buckets are told apart by "le" (https://prometheus.io/docs/prometheus/2.47/querying/functions/#histogram_quantile).
 */
export const lostBucket = defineRule({
  id: 'rules/lost-bucket',
  severity: 'error',
  over: 'prometheus',
  claim: 'Every quantile of a rule is taken of buckets that still have their label "le".',
  check: (config, { repository, stack }) => toldEach(ruleSites(repository, stack, config), lostBuckets),
});
