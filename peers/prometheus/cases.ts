import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Mutant, mutate, type Vocabulary } from '../support/mutations.ts';
import { choices, many } from '../support/samples.ts';

const root = join(import.meta.dirname, '../..');

/** Every file of this repository that some Prometheus reads as its configuration, and those written for this test. */
export const configurations = (): Mutant[] => [
  ...filesOf('peers/corpus/prometheus'),
  one('fixtures/stacks/healthy/monitoring/prometheus/prometheus.yml'),
  one('fixtures/repositories/before/ops/stack/prometheus/prometheus.yml'),
  one('fixtures/repositories/before/ops/legacy/monitoring/prometheus/prometheus.yml'),
];

/** Every file of rules of this repository. */
export const ruleFiles = (): Mutant[] => [
  ...filesOf('peers/corpus/rules'),
  one('fixtures/stacks/healthy/monitoring/prometheus/host-alerts.yml'),
  one('fixtures/stacks/healthy/monitoring/prometheus/stack-alerts.yml'),
  one('fixtures/repositories/before/ops/legacy/monitoring/prometheus/host-alerts.yml'),
  one('fixtures/repositories/before/ops/legacy/monitoring/prometheus/stack-alerts.yml'),
];

/** Configurations on which the two verdicts are known to differ, so that no explanation is without its case. */
export const oddities = (): Mutant[] => [
  {
    what: 'Amazon without a region',
    text: 'scrape_configs:\n  - job_name: a\n    ec2_sd_configs: [{port: 80}]\n',
  },
  {
    what: 'an address made empty',
    text: `scrape_configs:
  - job_name: a
    static_configs: [{targets: ['b:1']}]
    relabel_configs:
      - target_label: __address__
        replacement:
`,
  },
  { what: 'an empty target', text: 'scrape_configs:\n  - job_name: a\n    static_configs:\n      - targets: [null]\n' },
  { what: 'a tab in front of a comment', text: 'global:\n  scrape_interval: 15s\n\t# every quarter of a minute\n' },
  { what: 'a document that ends early', text: ' global:\n   scrape_interval: 15s\nscrape_configs: []\n' },
  {
    what: 'odd selectors',
    text: `scrape_configs:
  - job_name: a
    kubernetes_sd_configs: [{role: pod, selectors: [{role: pod, label: 'a b c'}]}]
`,
  },
];

/** The same for files of rules. */
export const ruleOddities = (): Mutant[] => [
  { what: 'null for a name', text: 'groups:\n  - name: a\n    rules:\n      - alert: null\n        expr: up == 0\n' },
];

/** Files of jobs and of targets that a configuration names. */
export const jobFiles = (): Mutant[] => filesOf('peers/corpus/jobs');
export const targetFiles = (): Mutant[] => filesOf('peers/corpus/targets');

/** The files themselves and as many mutants of them as asked for. */
export function withMutants(files: readonly Mutant[], count: number, label: string): Mutant[] {
  const drawn = choices(label);
  const words: Vocabulary = { keys: [...new Set(files.flatMap(({ text }) => keysIn(parse(text))))], values: [] };
  const mutants = Array.from({ length: many(count) }, () => {
    const from = drawn.oneOf(files);
    const made = mutate(from.text, drawn, words);
    return { text: made.text, what: `${from.what}: ${made.what}` };
  });
  return [...files, ...mutants];
}

function keysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(keysIn)];
}

function filesOf(folder: string): Mutant[] {
  return readdirSync(join(root, folder))
    .sort()
    .map((name) => one(`${folder}/${name}`));
}

function one(path: string): Mutant {
  return { text: readFileSync(join(root, path), 'utf8'), what: path };
}
