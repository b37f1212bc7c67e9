import { describe, expect, it } from 'vitest';
import { changeTree, treeOf } from '../model/tree.ts';
import { preview } from './preview.ts';
import { contentOf, planOf, run } from './testing.ts';

const base = treeOf({
  'compose.yml': 'services: {}\n',
  'a.yml': 'a: 1\nlist:\n- p\n',
  'd/b.yml': 'b: 1\n',
  'd/e/c.yml': 'see d/b.yml\n',
  'lines.txt': '# x\nd\na\n',
});
const set = { op: 'set', pointer: 'a', value: 2, expect: 1 };
const files = { f: 'made: 1\n' };

describe('a plan that can be repeated', () => {
  const plans: readonly [string, readonly object[]][] = [
    [
      'edit, then move',
      [
        { step: 'edit-yaml', path: 'a.yml', edits: [set] },
        { step: 'move', from: 'a.yml', to: 'n.yml' },
      ],
    ],
    [
      'move, then edit',
      [
        { step: 'move', from: 'a.yml', to: 'n.yml' },
        { step: 'edit-yaml', path: 'n.yml', edits: [set] },
      ],
    ],
    [
      'copy, then edit',
      [
        { step: 'copy', from: 'a.yml', to: 'n.yml' },
        { step: 'edit-yaml', path: 'n.yml', edits: [set] },
      ],
    ],
    [
      'copy, then delete',
      [
        { step: 'copy', from: 'a.yml', to: 'n.yml' },
        { step: 'delete', path: 'a.yml' },
      ],
    ],
    [
      'create, then edit',
      [
        { step: 'create', path: 'n.yml', file: 'f' },
        { step: 'edit-yaml', path: 'n.yml', edits: [{ op: 'add', pointer: 'more', value: 2 }] },
      ],
    ],
    [
      'create, then move',
      [
        { step: 'create', path: 'n.yml', file: 'f' },
        { step: 'move', from: 'n.yml', to: 'm.yml' },
      ],
    ],
    [
      'a move into a folder that moves',
      [
        { step: 'move', from: 'a.yml', to: 'd/a.yml' },
        { step: 'move', from: 'd', to: 'g' },
      ],
    ],
    ['a folder moved up into its parent', [{ step: 'move', from: 'd/e', to: 'd' }]],
    [
      'a folder emptied, then deleted',
      [
        { step: 'move', from: 'd', to: 'g' },
        { step: 'delete', path: 'd' },
      ],
    ],
    [
      'items inserted at one index',
      [
        {
          step: 'edit-yaml',
          path: 'a.yml',
          edits: [
            { op: 'add', pointer: ['list', 0], value: 'one' },
            { op: 'add', pointer: ['list', 0], value: 'two' },
          ],
        },
      ],
    ],
    [
      'an item removed by its value',
      [{ step: 'edit-yaml', path: 'a.yml', edits: [{ op: 'remove', pointer: ['list', 0], expect: 'p' }] }],
    ],
    [
      'lines replaced by their own end',
      [{ step: 'edit-text', path: 'lines.txt', edits: [{ from: '# x', until: 'a', with: 'd\n' }] }],
    ],
    [
      'references rewritten in a created file',
      [
        { step: 'create', path: 'n.txt', file: 'mention' },
        { step: 'move', from: 'd', to: 'g' },
        { step: 'rewrite-references', from: 'd', to: 'g' },
      ],
    ],
  ];
  it.for(plans)('%s', ([, steps], { expect }) => {
    const given = { ...files, mention: 'see d/b.yml\n' };
    const first = run(base, steps, given);
    expect(first.faults).toEqual([]);
    const { plan } = planOf(steps, given);
    if (plan === undefined || first.candidate === undefined) throw new Error('no candidate');
    const second = preview(plan, first.candidate);
    expect(second.faults).toEqual([]);
    expect(contentOf(second.candidate)).toEqual(contentOf(first.candidate));
    expect(contentOf(first.candidate)).not.toEqual(contentOf(base));
  });

  it('takes along a reference that somebody wrote back', () => {
    const steps = [
      { step: 'move', from: 'd', to: 'g' },
      { step: 'rewrite-references', from: 'd', to: 'g' },
    ];
    const candidate = run(base, steps).candidate ?? base;
    const later = changeTree(candidate, { put: treeOf({ 'new.md': 'see d/b.yml\n' }).files.values() });
    const again = run(later, steps);
    expect(again.faults).toEqual([]);
    expect(contentOf(again.candidate)).toMatchObject({ 'new.md': '100644 see g/b.yml\n' });
  });
});

describe('a plan that cannot be repeated', () => {
  it('is refused where a second time would take the next item', () => {
    const two = treeOf({ 'compose.yml': 'services: {}\n', 'a.yml': 'list:\n- p\n- q\n' });
    const { faults } = run(two, [
      { step: 'edit-yaml', path: 'a.yml', edits: [{ op: 'remove', pointer: ['list', 0] }] },
    ]);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.message).toContain('cannot be repeated');
  });
});

describe('a message', () => {
  it('never holds a value of the repository that the plan does not hold', () => {
    const secret = treeOf({
      'compose.yml': 'services: {}\n',
      'a.yml': 'password: hunter2\n',
      'a.ini': '[s]\nkey = hunter2\n',
    });
    const wrong = [
      { step: 'edit-yaml', path: 'a.yml', edits: [{ op: 'set', pointer: 'password', value: 'x', expect: 'y' }] },
      { step: 'edit-yaml', path: 'a.yml', edits: [{ op: 'add', pointer: 'password', value: 'x' }] },
      { step: 'edit-ini', path: 'a.ini', edits: [{ op: 'remove', pointer: ['s', 'key'], expect: 'y' }] },
      { step: 'create', path: 'a.yml', file: 'f' },
    ];
    const { faults } = run(secret, wrong, files);
    expect(faults).toHaveLength(4);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });
});
