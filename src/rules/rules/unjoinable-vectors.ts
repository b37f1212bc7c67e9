import { defineRule } from '../define-rule.ts';
import { unjoinable } from '../support/series/lacks.ts';
import { ruleSites } from '../support/series/sites.ts';
import { toldEach } from '../support/series/told.ts';

/**
 * Series join where all labels are the same, or those named by "on"
 * (https://prometheus.io/docs/prometheus/2.47/querying/operators/#vector-matching).
 */
export const unjoinableVectors = defineRule({
  id: 'rules/unjoinable-vectors',
  severity: 'error',
  over: 'prometheus',
  claim: 'The two sides of an operator of a rule have series with the same labels.',
  check: (config, { repository, stack }) => toldEach(ruleSites(repository, stack, config), unjoinable),
});
