import { expect, test } from 'vitest';
import type { Stack } from '../../model/stack.ts';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { reloadSubjects } from './reload.ts';

function read(files: Record<string, string>): Stack {
  const [stack] = readRepository(treeOf(files)).stacks;
  if (stack === undefined) throw new Error('no stack was read');
  return stack;
}

const compose = `services:
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
  'prometheus.yml': 'rule_files: [rules.yml]\n',
  'rules.yml': 'groups: []\n',
  'provisioning/dashboards/p.yaml': 'providers: [{ name: p, type: file, options: { path: /boards } }]\n',
  'boards/a.json': '{ "title": "A", "panels": [] }\n',
  'boards/b.json': '{ "uid": "b", "title": "B", "panels": [] }\n',
};
const stack = read(files);

test('every service is claimed that reads files of the repository again while it runs', () => {
  expect(reloadSubjects(stack).map(({ claim, files, rules }) => [claim.subject, ...files, ...rules])).toEqual([
    ['prometheus takes over a change', 'prometheus.yml', 'rules.yml'],
    ['prometheus refuses what is broken', 'prometheus.yml', 'rules.yml'],
    ['grafana takes over a change', 'boards/b.json'],
    ['grafana refuses what is broken', 'boards/b.json'],
  ]);
});
