import { defineRule } from '../define-rule.ts';
import { absentLabels } from '../support/series/lacks.ts';
import { ruleSites } from '../support/series/sites.ts';
import { toldEach } from '../support/series/told.ts';

/**
 * A matcher on a label that is not there sees the empty text; a grouping by one gives one group
 * (https://prometheus.io/docs/prometheus/2.47/querying/operators/#aggregation-operators).
 */
export const absentLabel = defineRule({
  id: 'rules/absent-label',
  severity: 'error',
  over: 'prometheus',
  claim: 'Every label that a rule matches, groups by or joins on is one that its series have.',
  check: (config, { repository, stack }) => toldEach(ruleSites(repository, stack, config), absentLabels),
});
