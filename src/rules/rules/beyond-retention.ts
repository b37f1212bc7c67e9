import type { FindingDraft } from '../../model/finding.ts';
import { parsePromql } from '../../query/promql.ts';
import type { Expr } from '../../query/promql-tree.ts';
import { defineRule } from '../define-rule.ts';
import { retentionOf } from '../support/retention.ts';

/** Samples older than the retention are deleted (https://prometheus.io/docs/prometheus/2.47/storage/). */
export const beyondRetention = defineRule({
  id: 'rules/beyond-retention',
  severity: 'warning',
  over: 'prometheus',
  claim: 'No rule looks back farther than Prometheus keeps its data.',
  check: (config, { stack }) => {
    const kept = retentionOf(stack, config);
    if (!Number.isFinite(kept)) return [];
    return config.ruleGroups.flatMap(({ rules }) =>
      rules.flatMap(({ name, expr }): FindingDraft[] => {
        const far = parsePromql(expr.value).nodes.find((node) => lookBack(node) > kept);
        if (far === undefined) return [];
        const back = lookBack(far);
        return [
          {
            at: { ...expr.at, span: far.span },
            message: `"${name}" looks back ${days(back)} where Prometheus keeps ${days(kept)}, so what it sees is cut short or nothing`,
            hint: 'Look back less, or raise "--storage.tsdb.retention.time"',
            facts: { rule: name, seconds: back, kept },
          },
        ];
      }),
    );
  },
});

function lookBack(node: Expr): number {
  if (node.kind === 'matrix') return node.range + (node.selector.offset ?? 0);
  if (node.kind === 'selector') return node.offset ?? 0;
  return node.kind === 'subquery' ? node.range + (node.offset ?? 0) : 0;
}

function days(seconds: number): string {
  const [count, unit] = seconds >= 172_800 ? [seconds / 86_400, 'days'] : [seconds / 3600, 'hours'];
  return `${Math.round(count * 10) / 10} ${unit}`;
}
