import type { Product } from '../../model/stack.ts';
import type { AskedMetric } from './expressions.ts';

/** Which exporter a metric's first word belongs to. */
const prefixes: Readonly<Record<string, Product | 'any'>> = {
  node: 'node-exporter',
  container: 'cadvisor',
  machine: 'cadvisor',
  cadvisor: 'cadvisor',
  prometheus: 'prometheus',
  alertmanager: 'alertmanager',
  grafana: 'grafana',
  loki: 'loki',
  promtail: 'promtail',
  go: 'any',
  process: 'any',
  promhttp: 'any',
  scrape: 'any',
  net: 'any',
};
const fromPrometheus = new Set(['up', 'ALERTS', 'ALERTS_FOR_STATE']);

/**
 * The text a played target serves: each metric the stack asks for that no exporter of its own has. `as` is the product
 * the target is, where the stack runs none to speak for it: then that product's metrics are played as well.
 */
export function playedMetrics(
  asked: readonly AskedMetric[],
  recorded: ReadonlySet<string>,
  taken: readonly string[],
  as?: Product,
): string {
  const lines: string[] = [];
  for (const metric of asked) {
    const owner = prefixes[metric.name.split('_')[0] ?? ''];
    if (fromPrometheus.has(metric.name) || recorded.has(metric.name) || metric.name.includes(':')) continue;
    if (owner === undefined ? as !== undefined : owner !== as) continue;
    const base = metric.name.replace(/_(bucket|sum|count)$/, '');
    lines.push(`# TYPE ${metric.name} ${/_(total|count|sum|bucket)$/.test(metric.name) ? 'counter' : 'gauge'}`);
    for (const labels of distinct(metric.labels, ['job', 'instance', ...taken])) {
      const value = metric.healthyIsOne ? 1 : 0;
      if (metric.name !== base && metric.name.endsWith('_bucket')) {
        for (const le of ['1', '+Inf']) lines.push(`${metric.name}${labelText({ ...labels, le })} ${value}`);
      } else lines.push(`${metric.name}${labelText(labels)} ${value}`);
    }
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function distinct(
  sets: readonly Readonly<Record<string, string>>[],
  taken: readonly string[],
): Record<string, string>[] {
  const found = new Map<string, Record<string, string>>();
  for (const set of sets) {
    const own = Object.fromEntries(Object.entries(set).filter(([label]) => !taken.includes(label)));
    found.set(JSON.stringify(Object.entries(own).sort()), own);
  }
  const all = [...found.values()];
  const labelled = all.filter((set) => Object.keys(set).length > 0);
  return labelled.length > 0 ? labelled : all;
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const parts = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`,
  );
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}
