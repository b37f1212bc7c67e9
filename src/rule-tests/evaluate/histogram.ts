import { dropName, type Element, keyOf, without } from './value.ts';

const le = ['le'];

interface Bucket {
  readonly bound: number;
  count: number;
}

/** `histogram_quantile` of classic buckets (https://prometheus.io/docs/prometheus/2.47/querying/functions/#histogram_quantile). */
export function histogramQuantile(q: number, vector: readonly Element[]): Element[] {
  const groups = new Map<string, { labels: Element['labels']; buckets: Bucket[] }>();
  for (const { labels, value } of vector) {
    const bound = boundOf(labels['le'] ?? '');
    if (bound === undefined) continue;
    const rest = without(dropName(labels), le);
    const group = groups.get(keyOf(rest)) ?? { labels: rest, buckets: [] };
    group.buckets.push({ bound, count: value });
    groups.set(keyOf(rest), group);
  }
  return [...groups.values()].map(({ labels, buckets }) => ({ labels, value: quantileOf(q, buckets) }));
}

function boundOf(text: string): number | undefined {
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  const bound = text === '' ? Number.NaN : Number(text);
  return Number.isNaN(bound) ? undefined : bound;
}

function quantileOf(q: number, unsorted: readonly Bucket[]): number {
  if (Number.isNaN(q)) return Number.NaN;
  if (q < 0) return Number.NEGATIVE_INFINITY;
  if (q > 1) return Number.POSITIVE_INFINITY;
  const buckets = [...unsorted].sort((a, b) => a.bound - b.bound);
  const last = buckets.at(-1);
  if (last?.bound !== Number.POSITIVE_INFINITY || buckets.length < 2 || last.count === 0) return Number.NaN;
  for (let index = 1; index < buckets.length; index += 1) {
    const [bucket, before] = [buckets[index], buckets[index - 1]];
    if (bucket && before) bucket.count = Math.max(bucket.count, before.count);
  }
  const rank = q * last.count;
  const found = buckets.slice(0, -1).findIndex(({ count }) => count >= rank);
  if (found === -1) return buckets.at(-2)?.bound ?? Number.NaN;
  const [bucket, before] = [buckets[found], buckets[found - 1]];
  if (bucket === undefined || (found === 0 && bucket.bound <= 0)) return bucket?.bound ?? Number.NaN;
  const [start, below] = [before?.bound ?? 0, before?.count ?? 0];
  return start + (bucket.bound - start) * ((rank - below) / (bucket.count - below));
}
