/**
 * Puts what an exporter exposes into its catalogue (`src/catalog/data/PRODUCT.json`):
 *
 *   node scripts/catalogue.ts PRODUCT VERSION [GROUP] < exposition-or-table
 *
 * The input is the text of `/metrics`, or a table of `name type label…` for what is only in the sources. GROUP is the
 * collector or kind of metric that a flag switches. Nothing is taken away: what shows only under load stays.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, exit, stderr } from 'node:process';

interface Group {
  metrics: Record<string, string>;
  [other: string]: unknown;
}

interface Catalogue {
  product: string;
  version: string;
  groups: Record<string, Group>;
  [other: string]: unknown;
}

const kinds = new Set(['counter', 'gauge', 'histogram', 'summary', 'untyped']);
/** Of a histogram and a summary: they stand for the samples, not for a label of the metric. */
const ofSamples = new Set(['le', 'quantile']);

/** Every metric of a text by name, as `type label…`. */
export function metricsOf(text: string): Record<string, string> {
  const found = new Map<string, { kind: string; labels: Set<string> }>();
  for (const line of text.split('\n')) {
    const declared = /^# TYPE (\S+) (\S+)/.exec(line);
    const [name = '', kind = '', ...labels] = line.trim().split(/\s+/);
    if (declared !== null) {
      const [, metric = '', type = ''] = declared;
      found.set(metric, { kind: type, labels: found.get(metric)?.labels ?? new Set() });
    } else if (kinds.has(kind)) {
      found.set(name, { kind, labels: new Set(labels) });
    } else {
      const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? /.exec(line);
      const [, metric = '', written = ''] = sample ?? [];
      const labels = [...written.matchAll(/(\w+)="(?:\\.|[^"\\])*"/g)].map(([, label = '']) => label);
      const owner = found.get(metric) ?? found.get(metric.replace(/_(?:bucket|sum|count)$/, ''));
      for (const label of labels) if (!ofSamples.has(label)) owner?.labels.add(label);
    }
  }
  const entries = [...found].map(([name, { kind, labels }]) => [name, [kind, ...labels].join(' ')] as const);
  return Object.fromEntries(entries);
}

/** The labels of two entries together; the kind is that of the newer. */
function together(before: string | undefined, after: string): string {
  const [kind = '', ...labels] = after.split(' ');
  return [kind, ...[...new Set([...(before?.split(' ').slice(1) ?? []), ...labels])].sort()].join(' ');
}

function main([product = '', version = '', group = '']: readonly string[]): void {
  if (product === '' || version === '') {
    stderr.write('catalogue: a product and a version are needed\n');
    exit(2);
  }
  const file = join(import.meta.dirname, '../src/catalog/data', `${product}.json`);
  const catalogue: Catalogue = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { product, version, groups: {} };
  const target = catalogue.groups[group] ?? { metrics: {} };
  const held = target.metrics;
  for (const [name, entry] of Object.entries(metricsOf(readFileSync(0, 'utf8'))))
    held[name] = together(held[name], entry);
  target.metrics = Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)));
  catalogue.groups[group] = target;
  writeFileSync(file, `${JSON.stringify(catalogue, null, 1)}\n`);
}

if (import.meta.main) main(argv.slice(2));
