import { defineRule } from '../define-rule.ts';
import { ruleSites } from '../support/series/sites.ts';
import { toldEach } from '../support/series/told.ts';
import { unfitFunctions } from '../support/series/uses.ts';

/**
 * A rate takes every fall for a restart (https://prometheus.io/docs/prometheus/2.47/querying/functions/#rate).
 */
export const unfitFunction = defineRule({
  id: 'rules/unfit-function',
  severity: 'warning',
  over: 'prometheus',
  claim: 'Every function of a rule is one for the type of its metric.',
  check: (config, { repository, stack }) => toldEach(ruleSites(repository, stack, config), unfitFunctions),
});
