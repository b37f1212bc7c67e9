import { defineRule } from '../define-rule.ts';

/** A series is seen for five minutes after its last sample (https://prometheus.io/docs/prometheus/2.47/querying/basics/#staleness). */
const lookBack = 300;

/** What a group records is seen in gaps where its evaluations lie farther apart than Prometheus looks back. */
export const slowGroup = defineRule({
  id: 'rules/slow-group',
  severity: 'warning',
  over: 'prometheus',
  claim: 'Every group that records series is evaluated at least every five minutes.',
  check: (config) =>
    config.ruleGroups
      .filter(({ interval, rules }) => interval > lookBack && rules.some(({ kind }) => kind === 'record'))
      .map(({ name, at, interval }) => ({
        at,
        message: `Group "${name}" is evaluated every ${interval}s and a sample is seen for ${lookBack}s, so what it records has gaps`,
        hint: 'Evaluate it at least every five minutes',
        facts: { group: name, interval },
      })),
});
