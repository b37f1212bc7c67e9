import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { PlanFault } from '../model/plan.ts';
import { textAt, treeOf } from '../model/tree.ts';
import { preview } from './preview.ts';
import { contentOf, planOf, run } from './testing.ts';

const messages = (faults: readonly PlanFault[]): string[] => faults.map((fault) => fault.message);
const compose = { 'compose.yml': 'services: {}\n' };

describe('a plan carried out on its own candidate', { timeout: 240_000 }, () => {
  const path = fc.constantFrom('a.yml', 'd/b.yml', 'd/e/c.yml', 'x/a.yml', 'x/e/c.yml', 'n.txt');
  const folder = fc.constantFrom('d', 'x', 'd/e', 'x/e', 'y');
  const place = fc.oneof(path, folder);
  const replace = fc.constantFrom({}, { replace: true });
  const key = fc.constantFrom('k', 'l', 'list', 'new');
  const value = fc.constantFrom<unknown>(1, 'v', 'see d/b.yml', true, null, ['p'], { q: 'r' });
  const edit = fc.oneof(
    fc.record({ op: fc.constant('set'), pointer: key.map((one) => [one]), value }),
    fc.record({ op: fc.constant('add'), pointer: key.map((one) => [one]), value }),
    fc.record({ op: fc.constant('add'), pointer: fc.constant(['list', '-']), value }),
    fc.record({ op: fc.constant('remove'), pointer: key.map((one) => [one]) }),
    fc.record({ op: fc.constant('remove'), pointer: fc.constant(['list', 0]) }),
    fc.record({ op: fc.constant('set'), pointer: fc.constant(['list', 0]), value }),
  );
  const textEdit = fc.record(
    {
      from: fc.constantFrom('k: 1', 'list:', '- p', '# end'),
      until: fc.constantFrom('l: v', '# end', '- p'),
      with: fc.constantFrom('', 'k: 1\n', 'k: 2\n', '# more\n'),
    },
    { requiredKeys: ['from', 'with'] },
  );
  const step = fc.oneof(
    fc.tuple(fc.constantFrom('copy', 'move'), place, place, replace).map(([kind, from, to, more]) => ({
      step: kind,
      from,
      to,
      ...more,
    })),
    fc.tuple(path, replace).map(([target, more]) => ({ step: 'create', path: target, file: 'f.yml', ...more })),
    fc.tuple(path, fc.array(edit, { minLength: 1, maxLength: 3 })).map(([target, edits]) => ({
      step: 'edit-yaml',
      path: target,
      edits,
    })),
    fc.tuple(path, fc.array(textEdit, { minLength: 1, maxLength: 2 })).map(([target, edits]) => ({
      step: 'edit-text',
      path: target,
      edits,
    })),
    place.map((target) => ({ step: 'delete', path: target })),
    fc.tuple(place, place).map(([from, to]) => ({ step: 'rewrite-references', from, to })),
  );
  const text = fc.constantFrom(
    'k: 1\nl: v\nlist:\n- p\n- q\n# end\n',
    'k: 1\nl: v\n# see d/b.yml and x\nlist: [p, q]\n',
    'l: x/a.yml\n',
    '# end\n',
  );
  const tree = fc.dictionary(path, text, { minKeys: 1, maxKeys: 5 }).map((texts) => treeOf({ ...compose, ...texts }));

  it('gives the same tree and no fault, or was refused the first time', () => {
    let accepted = 0;
    fc.assert(
      fc.property(tree, fc.array(step, { minLength: 1, maxLength: 4 }), (base, steps) => {
        const { plan } = planOf(steps, { 'f.yml': 'k: 1\nlist:\n- p\n' });
        if (plan === undefined) return;
        const first = preview(plan, base);
        expect(first.candidate === undefined).toBe(first.faults.length > 0);
        if (first.candidate === undefined) return;
        accepted += 1;
        const second = preview(plan, first.candidate);
        expect(messages(second.faults)).toEqual([]);
        expect(contentOf(second.candidate)).toEqual(contentOf(first.candidate));
      }),
      { numRuns: 400 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});

describe('an edit of YAML', { timeout: 240_000 }, () => {
  const word = fc.constantFrom(
    'a',
    'bc',
    'no',
    '1:30',
    '2.0',
    'x: y',
    '# z',
    '',
    'two\nlines',
    'ü',
    ' blank',
    "'q'",
    '${A:-b}',
  );
  const scalar = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null));
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c.d', 'e f', '8080'), tie('value'), { maxKeys: 3 }),
    ),
  }));
  const options = fc.record({
    indent: fc.constantFrom(2, 4),
    indentSeq: fc.boolean(),
    singleQuote: fc.boolean(),
    collectionStyle: fc.constantFrom<'any' | 'flow'>('any', 'any', 'any', 'flow'),
  });
  const mapping = fc.dictionary(fc.constantFrom('k', 'l', 'm', 'n'), value, { minKeys: 1, maxKeys: 4 });

  it('changes the value asked for and no line of a comment', () => {
    fc.assert(
      fc.property(mapping, options, value, fc.nat(), fc.constantFrom('\n', '\r\n'), (root, style, fresh, pick, end) => {
        const plain = stringify(root, { ...style, lineWidth: 0 });
        const lines = plain.split('\n');
        // A comment before each line that starts a top-level key, and behind those that end one.
        const source = lines
          .map((line) => (/^['"]?[klmn]/.test(line) ? `# before ${line.slice(0, 1)}\n${line}` : line))
          .join('\n')
          .replaceAll('\n', end);
        if (JSON.stringify(parse(source)) !== JSON.stringify(root)) return;
        const keys = Object.keys(root);
        const key = keys[pick % keys.length] ?? '';
        const edits = [
          { op: 'set', pointer: [key], value: fresh },
          { op: 'add', pointer: ['zz'], value: fresh },
          { op: 'remove', pointer: [key] },
        ];
        const edit = edits[pick % edits.length];
        const base = treeOf({ ...compose, 'f.yml': source });
        // The other step changes something, so that an edit that changes nothing cannot pass for one carried out before.
        const other = { step: 'create', path: 'other', file: 'f' };
        const done = run(base, [other, { step: 'edit-yaml', path: 'f.yml', edits: [edit] }], { f: 'x\n' });
        if (edit?.op === 'set' && JSON.stringify(root[key]) === JSON.stringify(fresh)) {
          expect(done.effects[1]).toMatchObject({ state: 'done before', changed: [] });
          return;
        }
        expect(messages(done.faults)).toEqual([]);
        const after = done.candidate === undefined ? undefined : textAt(done.candidate, 'f.yml');
        const { [key]: _, ...without } = root;
        const wanted =
          edit?.op === 'remove' ? without : edit?.op === 'add' ? { ...root, zz: fresh } : { ...root, [key]: fresh };
        expect(parse(after ?? '')).toEqual(wanted);
        for (const comment of source.match(/# before \w/g) ?? []) expect(after).toContain(comment);
        if (end === '\r\n') expect(after?.replaceAll('\r\n', '')).not.toContain('\n');
      }),
      { numRuns: 300 },
    );
  });
});

describe('the path of a step', { timeout: 240_000 }, () => {
  const bad = ['/etc/x', '../x', 'a/../../x', 'a\\b', 'a\0b', '.git/config', 'a/.GIT/x', '.git ', 'C:/x', '', './x/..'];
  const steps = (path: string): readonly object[] => [
    { step: 'create', path, file: 'f' },
    { step: 'copy', from: 'compose.yml', to: path },
    { step: 'move', from: path, to: 'y' },
    { step: 'delete', path },
    { step: 'edit-yaml', path, edits: [{ op: 'set', pointer: 'a', value: 1 }] },
    { step: 'edit-text', path, edits: [{ from: 'a', with: 'b' }] },
  ];
  it.for(bad)('is refused where it leads out: %j', (path, { expect }) => {
    for (const step of steps(path)) {
      const { plan, faults } = planOf([step], { f: 'x\n' });
      expect(plan).toBeUndefined();
      expect(faults.length).toBeGreaterThan(0);
      expect(faults[0]?.line).toBeGreaterThan(1);
    }
  });

  it('is refused in any spelling that leaves its folder', () => {
    const part = fc.constantFrom('a', 'b', '.', '..', '.git', '.GiT', '');
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const wrong = parts.some((one) => one === '..' || one.toLowerCase() === '.git') || parts[0] === '';
        fc.pre(wrong);
        expect(planOf([{ step: 'delete', path: parts.join('/') }]).plan).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it('is refused through a symbolic link', () => {
    const tree = treeOf({ ...compose, link: { text: '/etc', mode: '120000' }, 'a.yml': 'a: 1\n' });
    for (const step of steps('link/x'))
      expect.soft(run(tree, [step], { f: 'x\n' }).faults, JSON.stringify(step)).toHaveLength(1);
  });

  it('is refused where it differs from another by case only', () => {
    const tree = treeOf({ ...compose, 'docs/Read.md': 'x\n' });
    expect(run(tree, [{ step: 'create', path: 'docs/read.md', file: 'f' }], { f: 'y\n' }).faults).toHaveLength(1);
    expect(run(tree, [{ step: 'create', path: 'Docs/new.md', file: 'f' }], { f: 'y\n' }).faults).toHaveLength(1);
  });
});

describe('a step that does not fit', { timeout: 240_000 }, () => {
  const tree = treeOf({ ...compose, 'a.yml': 'a: 1\nlist:\n- p\n', 'b.txt': 'one\ntwo\n', 'c.ini': '[s]\nk = v\n' });
  const cases: readonly [string, object][] = [
    ['a missing source', { step: 'move', from: 'gone.yml', to: 'new.yml' }],
    ['a missing source over a file that is there', { step: 'move', from: 'gone.yml', to: 'a.yml', replace: true }],
    ['a target with other content', { step: 'copy', from: 'a.yml', to: 'b.txt' }],
    ['a created file with other content', { step: 'create', path: 'b.txt', file: 'f' }],
    ['a deletion of nothing', { step: 'delete', path: 'nothing' }],
    ['a text edit that matches nothing', { step: 'edit-text', path: 'b.txt', edits: [{ from: 'three', with: 'x\n' }] }],
    ['a pointer to nothing', { step: 'edit-yaml', path: 'a.yml', edits: [{ op: 'set', pointer: 'b', value: 1 }] }],
    ['a removal of nothing', { step: 'edit-yaml', path: 'a.yml', edits: [{ op: 'remove', pointer: 'b' }] }],
    ['an expectation', { step: 'edit-yaml', path: 'a.yml', edits: [{ op: 'set', pointer: 'a', value: 2, expect: 3 }] }],
    ['an expected text', { step: 'delete', path: 'b.txt', expect: { contains: 'three' } }],
    ['an ini key', { step: 'edit-ini', path: 'c.ini', edits: [{ op: 'set', pointer: ['s', 'x'], value: 'y' }] }],
    ['a file that is not there', { step: 'edit-ini', path: 'd.ini', edits: [{ op: 'remove', pointer: ['s', 'x'] }] }],
  ];
  it.for(cases)('is a fault with its line: %s', ([, step], { expect }) => {
    // The other step changes something: a plan that changes nothing at all may be one carried out before.
    const done = run(tree, [{ step: 'create', path: 'new/file', file: 'f' }, step], { f: 'x\n' });
    expect(done.faults).toHaveLength(1);
    expect(done.faults[0]?.line).toBeGreaterThan(8);
    expect(done.candidate).toBeUndefined();
  });
});
