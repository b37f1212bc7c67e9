import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { treeOf } from '../model/tree.ts';
import { loadPlan } from '../plan/load.ts';
import { preview } from '../plan/preview.ts';
import { writeTree } from './folder.ts';
import { init } from './init.ts';

describe('init', () => {
  it.each([
    ['an open service', 'services:\n  prometheus:\n    image: prom/prometheus:v2.47.0\n'],
    [
      'a hardened service',
      "services:\n  loki:\n    image: grafana/loki:2.9.2\n    security_opt: ['no-new-privileges:true']\n",
    ],
  ])('writes a plan that holds on %s, and does not overwrite it', (_, compose) => {
    const tree = treeOf({ 'compose.yml': compose });
    const folder = writeTree(tree, 'init');
    expect(init(folder).code).toBe(0);
    const file = join(folder, 'stackproof/plan.yaml');
    expect(readFileSync(file, 'utf8')).toContain('stack: compose.yml');
    const { plan, faults } = loadPlan(file);
    expect(faults).toEqual([]);
    expect(plan && preview(plan, tree).faults).toEqual([]);
    expect(() => init(folder)).toThrow('is there already');
  });
});
