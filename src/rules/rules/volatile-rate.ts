import { durationSeconds } from '../../model/duration.ts';
import type { FindingDraft } from '../../model/finding.ts';
import type { AlertRule } from '../../model/prometheus.ts';
import { alertRules } from '../../model/prometheus.ts';
import { parsePromql } from '../../query/promql.ts';
import { defineRule } from '../define-rule.ts';
import { gather } from '../support/gather.ts';
import { quoteAll } from '../support/quote.ts';

/**
 * `irate` looks at the last two samples, however long its range, and a dip of a moment resets `for`
 * (https://prometheus.io/docs/prometheus/2.47/querying/functions/#irate).
 */
export const volatileRate = defineRule({
  id: 'rules/volatile-rate',
  severity: 'info',
  over: 'prometheus',
  claim: 'No alert that waits looks at the last two samples alone.',
  check: (config) => {
    const byFile = new Map<string, AlertRule[]>();
    for (const rule of alertRules(config)) {
      if (!rule.expr.value.includes('irate') || (durationSeconds(rule.for) ?? 0) === 0) continue;
      const uses = parsePromql(rule.expr.value).nodes.some((node) => node.kind === 'call' && node.name === 'irate');
      if (uses) gather(byFile, rule.at.file, rule);
    }
    return [...byFile.values()].flatMap(draft);
  },
});

function draft(rules: readonly AlertRule[]): FindingDraft[] {
  const [first, ...others] = rules;
  if (first === undefined) return [];
  const names = rules.map(({ name }) => name);
  return [
    {
      at: first.expr.at,
      message: `${quoteAll(names)} ${names.length === 1 ? 'takes' : 'take'} "irate", which sees the last two samples only, so one calm moment begins the wait anew`,
      related: others.map(({ expr, name }) => ({ at: expr.at, note: `the same of "${name}"` })),
      hint: 'Take "rate" in alerts',
      facts: { alerts: names },
    },
  ];
}
