import { describe, expect, it } from 'vitest';
import type { Preview } from '../model/plan.ts';
import { changeTree, type Tree, treeOf } from '../model/tree.ts';
import { contentOf, run } from './testing.ts';

const base = treeOf({
  'compose.yml': 'services: {}\n',
  'old/a.yml': 'k: 1\nsecret: s\n',
  'old/b.yml': 'b: 1\n',
  'old/notes.md': 'n\n',
  'new/c.yml': 'c: 1\n',
  'x.json': '{}\n',
  'README.md': 'see old/a.yml\n',
});
const steps = [
  { step: 'move', from: 'old/a.yml', to: 'new/a.yml' },
  {
    step: 'edit-yaml',
    path: 'new/a.yml',
    edits: [
      { op: 'set', pointer: 'k', value: 2, expect: 1 },
      { op: 'remove', pointer: 'secret', optional: true },
    ],
  },
  { step: 'move', from: 'old/b.yml', to: 'new/c.yml', replace: true, expect: { contains: 'b:' } },
  { step: 'create', path: 'new/d.yml', file: 'f' },
  { step: 'edit-yaml', path: 'new/d.yml', edits: [{ op: 'add', pointer: 'more', value: 1 }] },
  { step: 'delete', path: 'x.json', optional: true },
  { step: 'delete', path: 'old', losing: ['*.md'] },
  { step: 'rewrite-references', from: 'old/a.yml', to: 'new/a.yml' },
];
const files = { f: 'd: 1\n' };
const whole = run(base, steps, files);

function later(drop: readonly string[], put: Readonly<Record<string, string>>): Tree {
  return changeTree(base, { drop, put: treeOf(put).files.values() });
}

function states({ effects }: Preview): string[] {
  return effects.map(({ state }) => state);
}

describe('a plan on a tree on which a part of it was done', () => {
  it('goes through on the tree it was written for', () => {
    expect(whole.faults).toEqual([]);
    expect(new Set(states(whole))).toEqual(new Set(['made']));
  });

  it.for<[string, Tree, readonly number[]]>([
    ['moved by hand', later(['old/a.yml'], { 'new/a.yml': 'k: 1\nsecret: s\n' }), [0]],
    ['moved and edited', later(['old/a.yml'], { 'new/a.yml': 'k: 2\n' }), [0, 1]],
    ['moved and edited by half', later(['old/a.yml'], { 'new/a.yml': 'k: 1\n' }), [0]],
    ['copied rather than moved', later([], { 'new/a.yml': 'k: 1\nsecret: s\n' }), []],
    ['copied and edited', later([], { 'new/a.yml': 'k: 2\n' }), [1]],
    ['replaced', later(['old/b.yml'], { 'new/c.yml': 'b: 1\n' }), [2]],
    ['created', later([], { 'new/d.yml': 'd: 1\n' }), [3]],
    ['created and edited', later([], { 'new/d.yml': 'd: 1\nmore: 1\n' }), [3, 4]],
    ['rewritten', later([], { 'README.md': 'see new/a.yml\n' }), []],
    [
      'nearly all of it',
      later(['old/a.yml', 'old/b.yml', 'old/notes.md'], {
        'new/a.yml': 'k: 2\n',
        'new/c.yml': 'b: 1\n',
        'new/d.yml': 'd: 1\nmore: 1\n',
      }),
      [0, 1, 2, 3, 4, 6],
    ],
  ])('ends in the same candidate: %s', ([, tree, done], { expect }) => {
    const now = run(tree, steps, files);
    expect(now.faults).toEqual([]);
    expect(contentOf(now.candidate)).toEqual(contentOf(whole.candidate));
    for (const step of done) expect.soft(now.effects[step], `step ${step + 1}`).toMatchObject({ state: 'done before' });
    expect(now.removed).toContainEqual({ path: 'old/a.yml', movedTo: 'new/a.yml' });
  });

  it('says what is left out because it is gone and may be', () => {
    const now = run(later(['x.json'], {}), steps, files);
    expect(now.faults).toEqual([]);
    expect(now.effects[5]).toMatchObject({ state: 'left out', note: 'left out: there is no "x.json"' });
  });

  it('leaves out what an optional source would have been edited for', () => {
    const optional = [
      { step: 'move', from: 'old/none.yml', to: 'new/none.yml', optional: true },
      { step: 'edit-yaml', path: 'new/none.yml', edits: [{ op: 'set', pointer: 'k', value: 2 }] },
      { step: 'edit-text', path: 'old/none.txt', edits: [{ from: 'a', with: 'b' }], optional: true },
      { step: 'create', path: 'new/d.yml', file: 'f' },
    ];
    const now = run(base, optional, files);
    expect(now.faults).toEqual([]);
    expect(states(now)).toEqual(['left out', 'left out', 'left out', 'made']);
  });

  it.for<[string, object, string]>([
    ['a source that is nowhere', { step: 'move', from: 'old/typo.yml', to: 'new/z.yml' }, 'there is no "old/typo.yml"'],
    [
      'a source that is nowhere, over what may be replaced',
      { step: 'move', from: 'old/typo.yml', to: 'new/c.yml', replace: true },
      'there is no "old/typo.yml"',
    ],
    [
      'a target that is not the moved one',
      { step: 'move', from: 'old/typo.yml', to: 'new/c.yml', expect: { contains: 'b:' } },
      'there is no "old/typo.yml"',
    ],
    [
      'another case',
      { step: 'move', from: 'old/B.yml', to: 'new/c.yml' },
      'there is no "old/B.yml", but a "old/b.yml"',
    ],
    ['another case of a folder', { step: 'delete', path: 'Old', optional: true }, 'there is no "Old", but a "old"'],
    ['a deletion of nothing', { step: 'delete', path: 'x.jsom' }, 'there is no "x.jsom"'],
    [
      'a removal of nothing',
      { step: 'edit-yaml', path: 'new/c.yml', edits: [{ op: 'remove', pointer: 'typo' }] },
      'new/c.yml: there is no "typo" to remove',
    ],
    [
      'other content than expected',
      { step: 'edit-yaml', path: 'new/c.yml', edits: [{ op: 'set', pointer: 'c', value: 3, expect: 2 }] },
      'new/c.yml:1:4: "c" does not hold what is expected of it',
    ],
    [
      'content that is nowhere else',
      { step: 'delete', path: 'old' },
      'go 3 files that are nowhere else: "a.yml", "b.yml"',
    ],
  ])('is still refused: %s', ([, step, message], { expect }) => {
    const { candidate, faults } = run(base, [{ step: 'create', path: 'new/d.yml', file: 'f' }, step], files);
    expect(candidate).toBeUndefined();
    expect(faults.map((fault) => fault.message)).toEqual([expect.stringContaining(message)]);
    expect(faults[0]?.line).toBeGreaterThan(8);
  });

  it('does not call lost what has a twin, is empty or was copied before', () => {
    const tree = changeTree(base, {
      put: treeOf({ 'd/twin': 'b: 1\n', 'd/empty': '', 'd/copied': 'x\n', 'd/edited': 'c: 1\n' }).files.values(),
    });
    const { faults } = run(tree, [
      { step: 'copy', from: 'd/copied', to: 'kept' },
      { step: 'edit-yaml', path: 'new/c.yml', edits: [{ op: 'set', pointer: 'c', value: 2 }] },
      { step: 'delete', path: 'd' },
    ]);
    expect(faults).toEqual([]);
  });
});
