import type { Aggregate } from '../../query/promql-tree.ts';
import { mean, quantile, sum, variance } from './range-functions.ts';
import { dropName, type Element, keep, keyOf, Unsupported, withLabel, without } from './value.ts';

const reductions: Readonly<Record<string, (values: readonly number[], q: number) => number>> = {
  sum,
  avg: mean,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  count: (values) => values.length,
  group: () => 1,
  stddev: (values) => Math.sqrt(variance(values)),
  stdvar: variance,
  quantile: (values, q) => quantile(q, values),
};

/** An aggregation (https://prometheus.io/docs/prometheus/2.47/querying/operators/#aggregation-operators). */
export function aggregated(node: Aggregate, vector: readonly Element[], param: number | string): Element[] {
  const groups = new Map<string, { labels: Element['labels']; members: Element[] }>();
  for (const element of vector) {
    const labels = grouped(node, element.labels);
    const group = groups.get(keyOf(labels)) ?? { labels, members: [] };
    group.members.push(element);
    groups.set(keyOf(labels), group);
  }
  const all = [...groups.values()];
  if (node.op === 'topk' || node.op === 'bottomk')
    return all.flatMap(({ members }) => ranked(members, node.op === 'topk', Number(param)));
  if (node.op === 'count_values') return all.flatMap(({ labels, members }) => counted(labels, members, String(param)));
  const reduce = reductions[node.op];
  if (reduce === undefined) throw new Unsupported(`the aggregation "${node.op}"`);
  return all.map(({ labels, members }) => {
    const values = members.map(({ value }) => value);
    return { labels, value: reduce(values, Number(param)) };
  });
}

function grouped({ grouping, labels: names }: Aggregate, labels: Element['labels']): Element['labels'] {
  if (grouping === 'without') return without(dropName(labels), names);
  return keep(labels, names);
}

function ranked(members: readonly Element[], descending: boolean, count: number): Element[] {
  const sorted = [...members].sort((a, b) => (descending ? b.value - a.value : a.value - b.value));
  return sorted.slice(0, Math.max(0, Math.trunc(count)));
}

function counted(labels: Element['labels'], members: readonly Element[], name: string): Element[] {
  const counts = new Map<number, number>();
  for (const { value } of members) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ labels: withLabel(labels, name, String(value)), value: count }));
}
