import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Step } from '../model/plan.ts';
import { type Tree, treeOf } from '../model/tree.ts';
import { loadPlan } from '../plan/load.ts';
import { preview } from '../plan/preview.ts';
import { readDirectory } from '../read/directory.ts';
import { writeTree } from './folder.ts';
import { init } from './init.ts';
import { example } from './subject.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function initialised(tree: Tree): { text: string; steps: readonly Step[]; folder: string } {
  const folder = writeTree(tree, 'init');
  folders.push(folder);
  expect(init(folder).code).toBe(0);
  const file = join(folder, 'stackproof/plan.yaml');
  const { plan, faults } = loadPlan(file);
  expect(faults).toEqual([]);
  expect(plan && preview(plan, tree).faults).toEqual([]);
  return { text: readFileSync(file, 'utf8'), steps: plan?.plan.steps ?? [], folder };
}

const prometheus = 'services:\n  prometheus:\n    image: prom/prometheus:v2.47.0\n';

describe('init', () => {
  it.each([
    ['an open service', prometheus],
    [
      'a hardened service',
      "services:\n  loki:\n    image: grafana/loki:2.9.2\n    security_opt: ['no-new-privileges:true']\n",
    ],
    ['a service that no step can edit', 'x: &p { image: "prom/prometheus:v2.47.0" }\nservices: { a: *p, b: *p }\n'],
  ])('writes a plan that holds on %s, and does not overwrite it', (_, compose) => {
    const { text, folder } = initialised(treeOf({ 'compose.yml': compose }));
    expect(text).toContain('stack: compose.yml');
    expect(() => init(folder)).toThrow('is there already');
  });

  it('tells an editor of the schema, which is written beside it', () => {
    const { text, folder } = initialised(treeOf({ 'compose.yml': prometheus }));
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
    const written = readFileSync(join(folder, 'stackproof', schema), 'utf8');
    expect(JSON.parse(written)).toMatchObject({ title: 'A stackproof plan' });
  });

  it('moves what is mounted and lies elsewhere, and copies what another stack mounts', () => {
    const mounts =
      '    volumes:\n      - ./p/rules.yml:/etc/prometheus/rules.yml\n      - ./p/prometheus.yml:/etc/prometheus/prometheus.yml\n';
    const { steps, text } = initialised(
      treeOf({
        'a/compose.yml': `${prometheus}${mounts}  grafana:\n    image: grafana/grafana:10.2.0\n    volumes: ['./g/x:/x']\n`,
        'b/compose.yml': `${prometheus}    volumes: ['./p/prometheus.yml:/etc/prometheus/prometheus.yml']\n`,
        'b/p/prometheus.yml': 'scrape_configs: []\n',
        'c/rules.yml': 'groups: []\n',
        'c/x/1': '1\n',
        'd/x/1': '1\n',
      }),
    );
    expect(steps).toMatchObject([
      { step: 'copy', from: 'b/p/prometheus.yml', to: 'a/p/prometheus.yml' },
      { step: 'move', from: 'c/rules.yml', to: 'a/p/rules.yml' },
      { step: 'edit-yaml', path: 'a/compose.yml' },
    ]);
    expect(text).toContain('# Mounted at a/g/x, where nothing is, and it might be c/x or d/x.');
    expect(text).toContain('#   b/compose.yml: prometheus');
  });

  it('names the stack with the most products and the errors of the example', () => {
    const { text } = initialised(readDirectory(example.repository));
    expect(text).toContain('stack: ops/stack/docker-compose.yml');
    expect(text).toMatch(/^# {3}ops\/stack\/\S+:\d+: .* \([a-z]+\/[a-z-]+\)$/m);
  });
});
