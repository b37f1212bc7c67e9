import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { previewChange } from './preview.ts';

const root = mkdtempSync(join(tmpdir(), 'stackproof-preview-'));
afterAll(() => rmSync(root, { recursive: true }));
const repo = join(root, 'repo');
const plan = join(root, 'plan.yaml');
mkdirSync(repo);
writeFileSync(join(repo, 'compose.yml'), 'services:\n  prometheus:\n    image: prom/prometheus:v2.47.0\n');
writeFileSync(join(repo, 'new.yml'), 'k: 1\n');
writeFileSync(join(repo, 'notes.md'), 'see old.yml\n');
writeFileSync(
  plan,
  JSON.stringify({
    version: 1,
    name: 'p',
    branch: 'p',
    stack: 'compose.yml',
    steps: [
      { step: 'move', from: 'old.yml', to: 'new.yml' },
      { step: 'delete', path: 'gone.txt', optional: true },
      {
        step: 'edit-yaml',
        path: 'new.yml',
        edits: [
          { op: 'add', pointer: 'more', value: 2 },
          { op: 'remove', pointer: 'less', optional: true },
        ],
      },
    ],
  }),
);

describe('a plan on a tree on which a part was done', () => {
  it('is previewed with what was done, what is left out, and what still names what is gone', async () => {
    const { code, text } = await previewChange({ repo, plan, format: 'pretty' });
    expect(code).toBe(0);
    expect(text).toBe(`~ new.yml  (+1 -0)

0 added, 1 edited, 0 deleted, 0 moved

What the stacks have, before → after:
  services: 1 → 1

Already done before:
  step 1: move old.yml → new.yml

Left out, because it is not there:
  step 2: delete gone.txt (there is no "gone.txt")
  step 3: edit-yaml new.yml (new.yml: there is no "less" to remove)

References that stay and that a person must judge:
  notes.md:1: see old.yml
`);
  });

  it('is checked, and what is left out is said', async () => {
    const said: string[] = [];
    const options = { repo, plan, paths: [], staged: false, formats: ['json'], outputs: [] };
    await check(options, { say: (line: string) => said.push(line), colour: false } as Parameters<typeof check>[1]);
    expect(said).toEqual([
      'the plan leaves out step 2: delete gone.txt (there is no "gone.txt")',
      'the plan leaves out step 3: edit-yaml new.yml (new.yml: there is no "less" to remove)',
    ]);
  });

  it('is previewed for other programs with the state of each step', async () => {
    const { text } = await previewChange({ repo, plan, format: 'json' });
    const { effects, counts }: { effects: { state: string }[]; counts: object[] } = JSON.parse(text);
    expect(counts).toEqual([{ kind: 'services', before: 1, after: 1, gone: [], added: [] }]);
    expect(effects.map(({ state }) => state)).toEqual(['done before', 'left out', 'made']);
  });
});
