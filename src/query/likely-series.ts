import type { AlertRule, PrometheusConfig } from '../model/prometheus.ts';
import { canHave, resultLabelSet } from './promql-labels.ts';
import { resultValues } from './promql-values.ts';
import type { Labels } from './routing.ts';

/** The labels each configured target has before any relabelling. */
export function targetLabelSets({ scrapeJobs }: Pick<PrometheusConfig, 'scrapeJobs'>): Labels[] {
  return scrapeJobs.flatMap((job) =>
    job.targets.map((target) => {
      const own = Object.entries(target.labels).filter(([name]) => !name.startsWith('__'));
      return { job: job.name, instance: target.address, ...Object.fromEntries(own) };
    }),
  );
}

/**
 * Label sets that the result of a rule's expression may have, as far as the files tell: those of the targets that fit
 * what the expression asks for, and a value for what else it asks for. Never empty: with nothing known it is one set of
 * no labels.
 */
export function likelySeries(rule: Pick<AlertRule, 'expr'>, config: Pick<PrometheusConfig, 'scrapeJobs'>): Labels[] {
  const asked = resultValues(rule.expr.value);
  const set = resultLabelSet(rule.expr.value);
  const fitting = targetLabelSets(config).filter((labels) =>
    [...asked].every(([name, values]) => labels[name] === undefined || values.includes(labels[name])),
  );
  const further = Object.fromEntries([...asked].map(([name, values]) => [name, values[0] ?? '']));
  const sets = (fitting.length === 0 ? [{}] : fitting).map((labels) => {
    const all = Object.entries({ ...further, ...labels });
    return Object.fromEntries(all.filter(([name]) => set === undefined || canHave(set, name)));
  });
  return [...new Map(sets.map((labels) => [JSON.stringify(Object.entries(labels).sort()), labels])).values()];
}
