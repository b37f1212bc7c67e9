import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Preview } from '../model/plan.ts';
import type { Tree } from '../model/tree.ts';
import { loadPlan } from './load.ts';
import { preview } from './preview.ts';

/** Reads a plan of these steps. JSON is YAML, so that values need no care. */
export function planOf(
  steps: readonly object[],
  files: Readonly<Record<string, string>> = {},
): ReturnType<typeof loadPlan> {
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-plan-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, 'files', path)), { recursive: true });
      writeFileSync(join(folder, 'files', path), text);
    }
    const plan = { version: 1, name: 'test', branch: 'test', stack: 'compose.yml', steps };
    writeFileSync(join(folder, 'plan.yaml'), JSON.stringify(plan, null, 1));
    return loadPlan(join(folder, 'plan.yaml'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Carries these steps out; the faults of reading them count as faults of the preview. */
export function run(tree: Tree, steps: readonly object[], files: Readonly<Record<string, string>> = {}): Preview {
  const { plan, faults } = planOf(steps, files);
  if (plan === undefined) return { effects: [], removed: [], waivers: [], leftovers: [], faults };
  return preview(plan, tree);
}

/** Path → mode and bytes, in a form that can be compared. */
export function contentOf(tree: Tree | undefined): Record<string, string> | undefined {
  if (tree === undefined) return undefined;
  const entries = [...tree.files.values()].map((file): [string, string] => [
    file.path,
    `${file.mode} ${Buffer.from(file.bytes).toString('latin1')}`,
  ]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
