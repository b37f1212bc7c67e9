import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Tree, textAt } from '../model/tree.ts';
import { readDirectory } from '../read/directory.ts';
import { loadPlan } from './load.ts';
import { patchOf } from './patch.ts';
import { preview } from './preview.ts';
import { treeView } from './tree-view.ts';

const root = resolve(import.meta.dirname, '../..');
const repository = join(root, 'fixtures/repositories/before');

function loaded(name: string): NonNullable<ReturnType<typeof loadPlan>['plan']> {
  const { plan, faults } = loadPlan(join(root, 'plans', name, 'plan.yaml'));
  if (plan === undefined) throw new Error(JSON.stringify(faults));
  return plan;
}

function contentOf(tree: Tree): [string, string, string][] {
  return [...tree.files.values()]
    .map((file): [string, string, string] => [file.path, file.mode, Buffer.from(file.bytes).toString('base64')])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

describe('the plans of this project', () => {
  it.for(['example', 'monitoring-consolidation'])('are valid: %s', (name, { expect }) => {
    expect(loaded(name).plan.name).toBe(name);
  });
});

describe('the example plan', () => {
  const plan = loaded('example');
  const base = readDirectory(repository);
  const done = preview(plan, base);
  const candidate = done.candidate ?? base;

  it('goes through and leaves no mention of what it removes', () => {
    expect(done.faults).toEqual([]);
    expect(done.leftovers).toEqual([]);
    expect(done.effects).toHaveLength(plan.plan.steps.length);
    expect(candidate.files.has('ops/legacy/README.md')).toBe(false);
  });

  it('gives a patch that makes the same tree in git', () => {
    const copy = mkdtempSync(join(tmpdir(), 'stackproof-example-'));
    try {
      cpSync(repository, copy, { recursive: true });
      const git = (args: readonly string[], input = ''): unknown =>
        execFileSync('git', args, { cwd: copy, input, stdio: ['pipe', 'pipe', 'pipe'] });
      git(['init', '--quiet']);
      git(['add', '--all', '--force']);
      const patch = patchOf(base, candidate);
      git(['apply', '--check', '--index', '-'], patch);
      git(['apply', '--index', '-'], patch);
      expect(contentOf(readDirectory(copy))).toEqual(contentOf(candidate));
    } finally {
      rmSync(copy, { recursive: true });
    }
  });

  it('changes nothing the second time', () => {
    const again = preview(plan, candidate);
    expect(again.faults).toEqual([]);
    expect(contentOf(again.candidate ?? base)).toEqual(contentOf(candidate));
    expect(again.effects.every((effect) => effect.changed.length === 0)).toBe(true);
    expect(treeView(candidate, again.candidate ?? base)).toBe('nothing changes\n');
  });

  it('ends in the same candidate from any state on the way', { timeout: 120_000 }, () => {
    for (let steps = 1; steps < plan.plan.steps.length; steps += 4) {
      const begun = { ...plan, plan: { ...plan.plan, steps: plan.plan.steps.slice(0, steps) } };
      const state = preview(begun, base).candidate ?? base;
      const rest = preview(plan, state);
      expect(rest.faults, `after ${steps} steps`).toEqual([]);
      expect(contentOf(rest.candidate ?? base), `after ${steps} steps`).toEqual(contentOf(candidate));
    }
  });

  it('keeps every line of the compose file that it does not change', () => {
    const path = 'ops/stack/docker-compose.yml';
    const after = textAt(candidate, path)?.split('\n') ?? [];
    const gone = (textAt(base, path)?.split('\n') ?? []).filter((line) => !after.includes(line));
    expect(gone).toEqual([
      '      - --web.enable-lifecycle',
      '      - "9093:9093"',
      '      GF_SECURITY_ADMIN_PASSWORD: ${GRAFANA_ADMIN_PASSWORD:-admin}',
      '      GF_INSTALL_PLUGINS: grafana-piechart-panel',
      '    privileged: true',
    ]);
  });

  it('says where the content of what is removed went', () => {
    expect(done.removed).toContainEqual({
      path: 'ops/legacy/monitoring/grafana/grafana.ini',
      movedTo: 'ops/stack/grafana/grafana.ini',
    });
    expect(done.removed).toContainEqual({ path: 'ops/legacy/batch-queue' });
  });
});
