import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { treeOf } from '../../src/model/tree.ts';
import { readRepository } from '../../src/read/repository.ts';
import { alertsUnderTest, type StackAlert } from '../../src/rule-tests/alerts-of.ts';

const corpus = join(import.meta.dirname, '../corpus/alerts');

const compose = `services:
  prometheus:
    image: prom/prometheus:v2.47.0
    volumes: ['./prometheus:/etc/prometheus:ro']
`;

const scrapes = `scrape_configs:
  - {job_name: node, static_configs: [{targets: ['host-1:9100', 'host-2:9100']}]}
  - {job_name: api, static_configs: [{targets: ['api:8080'], labels: {team: shop}}]}
`;

/** The alerts of files of the corpus, as those of a server that scrapes and evaluates every 15 seconds. */
export function corpusAlerts(...names: readonly string[]): StackAlert[] {
  const files = names.map(
    (name) => [`prometheus/${name}.yml`, readFileSync(join(corpus, `${name}.yml`), 'utf8')] as const,
  );
  const global = 'global: {scrape_interval: 15s, evaluation_interval: 15s}\n';
  const config = `${global}rule_files: [${names.map((name) => `${name}.yml`).join(', ')}]\n${scrapes}`;
  const tree = treeOf({ 'compose.yml': compose, 'prometheus/prometheus.yml': config, ...Object.fromEntries(files) });
  return readRepository(tree).stacks.flatMap((stack) => stack.prometheus.flatMap((one) => alertsUnderTest(stack, one)));
}
