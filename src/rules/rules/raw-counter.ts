import { defineRule } from '../define-rule.ts';
import { ruleSites } from '../support/series/sites.ts';
import { toldEach } from '../support/series/told.ts';
import { rawCounters } from '../support/series/uses.ts';

/** A counter only grows, and starts anew with its process (https://prometheus.io/docs/concepts/metric_types/#counter). */
export const rawCounter = defineRule({
  id: 'rules/raw-counter',
  severity: 'warning',
  over: 'prometheus',
  claim: 'No alert compares a counter as it is.',
  check: (config, { repository, stack }) => toldEach(ruleSites(repository, stack, config), rawCounters),
});
