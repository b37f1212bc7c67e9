import type { PrometheusConfig, RecordingRule, RuleGroup } from '../../model/prometheus.ts';
import { parsePromql } from '../../query/promql.ts';
import { remembered } from './remembered.ts';

/** A recording rule and where it stands in its group. */
export interface Recording {
  readonly rule: RecordingRule;
  readonly group: RuleGroup;
  readonly index: number;
}

/** The recording rules of a server by the name they record. */
export const recordingsOf = remembered((config: PrometheusConfig): ReadonlyMap<string, readonly Recording[]> => {
  const found = new Map<string, Recording[]>();
  for (const group of config.ruleGroups)
    for (const [index, rule] of group.rules.entries()) {
      if (rule.kind !== 'record') continue;
      const before = found.get(rule.name);
      if (before === undefined) found.set(rule.name, [{ rule, group, index }]);
      else before.push({ rule, group, index });
    }
  return found;
});

/** The names of the metrics an expression reads. */
export function metricsRead(expr: string): readonly string[] {
  return parsePromql(expr).selectors.flatMap(({ metric }) => metric ?? []);
}
