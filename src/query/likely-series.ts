import type { AlertRule, PrometheusConfig } from '../model/prometheus.ts';
import { parsePromql } from './promql.ts';
import { canHave, resultLabelSet } from './promql-labels.ts';
import type { Selector } from './promql-selector.ts';
import { resultValues } from './promql-values.ts';
import { type Labels, matcherHolds } from './routing.ts';
import { labelledTargets } from './target-labels.ts';

/**
 * Label sets that the result of a rule's expression may have, as far as the files tell: those of the targets that fit
 * what the expression asks for, and a value for what else it asks for. Never empty: with nothing known it is one set of
 * no labels.
 */
export function likelySeries(rule: Pick<AlertRule, 'expr'>, config: Pick<PrometheusConfig, 'scrapeJobs'>): Labels[] {
  const asked = resultValues(rule.expr.value);
  const { selectors } = parsePromql(rule.expr.value);
  const set = resultLabelSet(rule.expr.value);
  const fitting = labelledTargets(config)
    .map(({ labels }) => labels)
    .filter((labels) => selectors.length === 0 || selectors.some((selector) => fits(selector, labels)))
    .filter((labels) =>
      [...asked].every(([name, values]) => labels[name] === undefined || values.includes(labels[name])),
    );
  const further = Object.fromEntries([...asked].map(([name, values]) => [name, values[0] ?? '']));
  const sets = (fitting.length === 0 ? [{}] : fitting).map((labels) => {
    const all = Object.entries({ ...further, ...labels });
    return Object.fromEntries(all.filter(([name]) => set === undefined || canHave(set, name)));
  });
  return [...new Map(sets.map((labels) => [JSON.stringify(Object.entries(labels).sort()), labels])).values()];
}

/** Whether a selector may take series of a target: a label that the target does not give is the metric's own. */
function fits({ matchers }: Selector, labels: Labels): boolean {
  return matchers.every((matcher) => labels[matcher.label] === undefined || matcherHolds(matcher, labels));
}
