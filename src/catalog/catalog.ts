import { readFileSync } from 'node:fs';
import type { Product } from '../model/stack.ts';

/** What a sample is. `part` is the sum, the count or a bucket of a histogram or summary. */
export type MetricKind = 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped' | 'part';

/** What is known of a name that a product exposes. */
export interface Metric {
  readonly name: string;
  readonly kind: MetricKind;
  /** Labels of its own; one that ends in `*` stands for all that begin so. */
  readonly labels: readonly string[];
  /** Label values, where there can be no others. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** The collector or kind of metric that brings it; `''` for what is always there. */
  readonly group: string;
}

/** A part of a product's metrics that a flag switches. */
export interface Group {
  readonly enabled: boolean;
  /** Beginnings of names that cannot be listed: they depend on the machine. */
  readonly open: readonly string[];
}

/** The metrics of one product of one version. */
export interface Catalogue {
  readonly product: Product;
  /** Major and minor number. */
  readonly version: string;
  /** Whether a name that is not in it, and begins like nothing open, is one the product does not have. */
  readonly complete: boolean;
  /** Beginnings of names that only this product uses. */
  readonly own: readonly string[];
  readonly open: readonly string[];
  /** Names of other versions, and what they are called in this one. */
  readonly renamed: Readonly<Record<string, string>>;
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly groups: ReadonlyMap<string, Group>;
}

interface Written {
  readonly product: Product;
  readonly version: string;
  readonly complete: boolean;
  readonly own: readonly string[];
  readonly open: readonly string[];
  readonly renamed?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly groups: Readonly<Record<string, WrittenGroup>>;
}

interface WrittenGroup {
  readonly enabled?: boolean;
  readonly open?: readonly string[];
  readonly metrics: Readonly<Record<string, string>>;
}

const loaded = new Map<Product, Catalogue>();

/** The catalogue of a product, read when it is first asked for. */
export function catalogueOf(product: Product): Catalogue {
  const known = loaded.get(product);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(`./data/${product}.json`, import.meta.url), 'utf8');
  const made = catalogueFrom(JSON.parse(text));
  loaded.set(product, made);
  return made;
}

function catalogueFrom(written: Written): Catalogue {
  const { product, version, complete, own, open, renamed = {}, values = {}, groups } = written;
  const metrics = new Map<string, Metric>();
  const switched = new Map<string, Group>();
  for (const [group, { enabled = true, open: begins = [], metrics: listed }] of Object.entries(groups)) {
    switched.set(group, { enabled, open: begins });
    for (const [name, entry] of Object.entries(listed))
      for (const metric of samplesOf(name, entry, values[name] ?? {}, group)) metrics.set(metric.name, metric);
  }
  return { product, version, complete, own, open, renamed, metrics, groups: switched };
}

/** The names under which the samples of a metric are stored. */
function samplesOf(name: string, entry: string, values: Metric['values'], group: string): Metric[] {
  const [kind = '', ...labels] = entry.split(' ');
  const part = (suffix: string, more: readonly string[] = []): Metric => {
    return { name: `${name}${suffix}`, kind: 'part', labels: [...labels, ...more], values, group };
  };
  if (kind === 'histogram')
    return [{ ...part(''), kind: 'histogram' }, part('_bucket', ['le']), part('_sum'), part('_count')];
  if (kind === 'summary') return [{ ...part('', ['quantile']), kind: 'summary' }, part('_sum'), part('_count')];
  const plain = kind === 'counter' || kind === 'gauge' ? kind : 'untyped';
  return [{ name, kind: plain, labels, values, group }];
}

const beginnings: readonly (readonly [string, Product])[] = [
  ['node_', 'node-exporter'],
  ['container_', 'cadvisor'],
  ['machine_', 'cadvisor'],
  ['cadvisor_', 'cadvisor'],
  ['prometheus_', 'prometheus'],
  ['alertmanager_', 'alertmanager'],
  ['grafana_', 'grafana'],
  ['loki_', 'loki'],
  ['promtail_', 'promtail'],
  ['go_', 'prometheus'],
  ['process_', 'prometheus'],
  ['promhttp_', 'prometheus'],
];

/** The product that a name points to by how it begins. */
export function productOfMetric(name: string): Product | undefined {
  return beginnings.find(([begins]) => name.startsWith(begins))?.[1];
}

/** What is known of a name, whoever exposes it: that of the product it points to. */
export function knownMetric(name: string): Metric | undefined {
  const product = productOfMetric(name);
  return product === undefined ? undefined : catalogueOf(product).metrics.get(name);
}

/** Whether a metric can have a label of its own; `perhaps` where its labels cannot be listed. */
export function hasLabel(metric: Metric, label: string): 'yes' | 'perhaps' | 'no' {
  if (metric.labels.includes(label)) return 'yes';
  const open = metric.labels.some((one) => one.endsWith('*') && label.startsWith(one.slice(0, -1)));
  return open ? 'perhaps' : 'no';
}
