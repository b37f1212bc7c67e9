import { defineRule } from '../define-rule.ts';
import { unmatched } from '../support/series/lacks.ts';
import { ruleSites } from '../support/series/sites.ts';
import { toldEach } from '../support/series/told.ts';

/**
 * Labels of a target come from its job and what relabelling makes of them
 * (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#relabel_config).
 */
export const impossibleMatcher = defineRule({
  id: 'rules/impossible-matcher',
  severity: 'error',
  over: 'prometheus',
  claim: 'Every matcher of a rule is one that some series of its server satisfies.',
  check: (config, { repository, stack }) => toldEach(ruleSites(repository, stack, config), unmatched),
});
