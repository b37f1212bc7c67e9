import { expect, test } from 'vitest';
import type { Stack } from '../../model/stack.ts';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { logJobSubjects, logRestartSubjects, logSourceSubjects } from './logs.ts';
import { reloadSubjects } from './reload.ts';

function read(files: Record<string, string>): Stack {
  const [stack] = readRepository(treeOf(files)).stacks;
  if (stack === undefined) throw new Error('no stack was read');
  return stack;
}

const compose = `services:
  ship:
    image: grafana/promtail:2.9.2
    volumes: ['./promtail.yml:/etc/promtail/config.yml:ro']
  other: { image: 'grafana/promtail:2.9.2' }
  store: { image: 'grafana/loki:2.9.2' }
  prometheus:
    image: prom/prometheus:v2.47.0
    volumes: ['./prometheus.yml:/etc/prometheus/prometheus.yml:ro', './rules.yml:/etc/prometheus/rules.yml:ro']
  alertmanager: { image: 'prom/alertmanager:v0.26.0' }
  grafana:
    image: grafana/grafana:10.2.0
    volumes: ['./provisioning:/etc/grafana/provisioning:ro', './boards:/boards:ro']
`;
const files = {
  'compose.yml': compose,
  'promtail.yml': `scrape_configs:
  - { job_name: a, static_configs: [{ labels: { __path__: /var/log/a } }] }
  - { job_name: a, journal: {} }
`,
  'prometheus.yml': 'rule_files: [rules.yml]\n',
  'rules.yml': 'groups: []\n',
  'provisioning/datasources/d.yaml': `datasources:
  - { name: Logs, type: loki, url: 'http://store:3100' }
  - { name: Metrics, type: prometheus, url: 'http://prometheus:9090' }
`,
  'provisioning/dashboards/p.yaml': 'providers: [{ name: p, type: file, options: { path: /boards } }]\n',
  'boards/a.json': '{ "title": "A", "panels": [] }\n',
  'boards/b.json': '{ "uid": "b", "title": "B", "panels": [] }\n',
};
const stack = read(files);

test('every job is claimed, also one that nothing can be told of', () => {
  expect(logJobSubjects(stack).map(({ claim }) => claim.id)).toEqual([
    'logs: ship job "a" delivers',
    'logs: ship job "a" delivers (2)',
    'logs: other delivers',
  ]);
});

test('every datasource of type Loki is claimed, and every new container on the way of a line', () => {
  expect(logSourceSubjects(stack).map(({ claim }) => claim.id)).toEqual([
    'logs: grafana datasource "Logs" shows what arrived',
  ]);
  expect(logRestartSubjects(stack).map(({ service }) => service)).toEqual(['ship', 'other', 'store']);
  expect(logRestartSubjects(read({ 'compose.yml': 'services: { store: { image: "grafana/loki:2.9.2" } }' }))).toEqual(
    [],
  );
});

test('every service is claimed that reads files of the repository again while it runs', () => {
  expect(reloadSubjects(stack).map(({ claim, files, rules }) => [claim.subject, ...files, ...rules])).toEqual([
    ['prometheus takes over a change', 'prometheus.yml', 'rules.yml'],
    ['prometheus refuses what is broken', 'prometheus.yml', 'rules.yml'],
    ['grafana takes over a change', 'boards/b.json'],
    ['grafana refuses what is broken', 'boards/b.json'],
    ['grafana takes over a data source', 'provisioning/datasources/d.yaml'],
    ['grafana refuses broken data sources', 'provisioning/datasources/d.yaml'],
  ]);
});
