import { describe, expect, it } from 'vitest';
import { treeOf } from '../model/tree.ts';
import { readRepository } from '../read/repository.ts';
import { inventory } from './inventory.ts';

const compose = (name: string): string =>
  `services:\n  ${name}:\n    image: prom/prometheus:v2.47.0\n    volumes:\n      - ./p.yml:/etc/prometheus/prometheus.yml\n      - ./r.yml:/etc/prometheus/r.yml\n`;
const config = (job: string): string =>
  `rule_files: [r.yml]\nscrape_configs:\n  - { job_name: own, static_configs: [{ targets: ['localhost:9090'] }] }\n  - { job_name: ${job}, static_configs: [{ targets: ['a:1'] }] }\n`;
const rules = (...names: string[]): string =>
  `groups:\n  - name: g\n    rules:\n${names.map((name) => `      - { alert: ${name}, expr: up == 0 }\n`).join('')}`;

describe('what the stacks have', () => {
  it('is counted by name, wherever it moved, and two rules of one name are two', () => {
    const base = treeOf({
      'a/compose.yml': compose('prometheus'),
      'a/p.yml': config('old'),
      'a/r.yml': rules('Down', 'Down', 'Gone'),
    });
    const twice = treeOf({
      'b/compose.yml': compose('prometheus'),
      'b/p.yml': config('new'),
      'b/r.yml': rules('Down', 'Down', 'Fresh'),
      'c/compose.yml': compose('second'),
      'c/p.yml': config('new'),
      'c/r.yml': rules('Down'),
    });
    expect(inventory(readRepository(base), readRepository(twice))).toEqual([
      { kind: 'services', before: 1, after: 2, gone: [], added: ['second'] },
      { kind: 'scrape jobs', before: 2, after: 2, gone: ['old'], added: ['new'] },
      { kind: 'alert rules', before: 3, after: 3, gone: ['g/Gone'], added: ['g/Fresh'] },
    ]);
  });
});
