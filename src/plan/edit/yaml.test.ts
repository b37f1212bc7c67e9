import { describe, expect, it } from 'vitest';
import type { Edit } from '../../model/plan.ts';
import { editText } from './edit.ts';
import { yamlLanguage } from './yaml.ts';

function edit(text: string, ...edits: Edit[]): string {
  const { text: after, problems } = editText('f.yml', text, edits, yamlLanguage);
  expect(problems).toEqual([]);
  return after;
}

function problem(text: string, one: Edit): string {
  const { text: after, problems } = editText('f.yml', text, [one], yamlLanguage);
  expect(after).toBe(text);
  return problems[0]?.message ?? 'no problem';
}

const compose = `# The stack
services:
  web:   # the shop
    image: 'nginx:1.25'   # pinned
    ports: ["80:80"]

  db:
    image: postgres
    # user: root
    volumes:
      - data:/var/lib/postgresql

volumes:
  data:
`;

describe('an edit of YAML: set', () => {
  it('replaces a scalar and keeps its quotes and its comment', () => {
    expect(edit(compose, { op: 'set', pointer: ['services', 'web', 'image'], value: 'nginx:1.26' })).toBe(
      compose.replace('1.25', '1.26'),
    );
  });

  it('takes the tag of the old value away with it, and keeps an anchor', () => {
    expect(edit('a: !reference [.b, script] # c\n', { op: 'set', pointer: ['a'], value: ['x'] })).toBe(
      'a: # c\n  - x\n',
    );
    expect(edit('a: &x !!str 5\nb: 1\n', { op: 'set', pointer: ['a'], value: 6 })).toBe('a: &x 6\nb: 1\n');
    expect(problem('a: !!str &x 5\n', { op: 'set', pointer: ['a'], value: 6 })).toContain('tag before its anchor');
    expect(problem('a: { b: !!str 5 }\n', { op: 'set', pointer: ['a', 'b'], value: 6 })).toContain('has a tag');
  });

  it('keeps brackets', () => {
    expect(edit(compose, { op: 'set', pointer: ['services', 'web', 'ports'], value: ['81:80', '82:80'] })).toBe(
      compose.replace('["80:80"]', "['81:80', '82:80']"),
    );
  });

  it('writes a mapping where a scalar was, and back', () => {
    const mapped = edit('a: 1 # one\nb: 2\n', { op: 'set', pointer: ['b'], value: { c: [1, { d: 'x y' }] } });
    expect(mapped).toBe('a: 1 # one\nb:\n  c:\n    - 1\n    - d: x y\n');
    expect(edit(mapped, { op: 'set', pointer: ['b'], value: 2 })).toBe('a: 1 # one\nb: 2\n');
  });

  it('keeps an anchor, and refuses what would change the places that use it', () => {
    expect(edit('a: &x 1\nb: 2\n', { op: 'set', pointer: ['a'], value: 3 })).toBe('a: &x 3\nb: 2\n');
    expect(problem('a: &x { k: 1 }\nb: *x\n', { op: 'set', pointer: ['a', 'k'], value: 3 })).toContain('anchored');
    expect(problem('a: &x { k: 1 }\nb: *x\n', { op: 'set', pointer: ['b', 'k'], value: 3 })).toContain('alias *x');
  });

  it('writes several lines as a literal block and replaces one', () => {
    const block = edit('a:\n  b: x\nc: 1\n', { op: 'set', pointer: ['a', 'b'], value: 'one\n  two\n' });
    expect(block).toBe('a:\n  b: |\n    one\n      two\nc: 1\n');
    expect(edit(block, { op: 'set', pointer: ['a', 'b'], value: 'x' })).toBe('a:\n  b: x\nc: 1\n');
  });

  it('keeps the comment on the line of the key', () => {
    expect(edit('a: 1 # one\nb: 2\n', { op: 'set', pointer: ['a'], value: { c: 1 } })).toBe('a: # one\n  c: 1\nb: 2\n');
    expect(edit('- 1 # one\n- 2\n', { op: 'set', pointer: [0], value: 'x\ny\n' })).toBe('- | # one\n  x\n  y\n- 2\n');
  });

  it('fills an empty value', () => {
    expect(edit('a:\n# about b\nb: 1\n', { op: 'set', pointer: ['a'], value: 'x' })).toBe('a: x\n# about b\nb: 1\n');
  });

  it('names the place where something else was expected, and does not print what is there', () => {
    const one: Edit = { op: 'set', pointer: ['services', 'db', 'image'], value: 'x', expect: 'mysql' };
    expect(problem(compose, one)).toBe('f.yml:8:12: "services.db.image" does not hold what is expected of it');
  });
});

describe('an edit of YAML: add', () => {
  it('adds behind the last key of a mapping, before the blank line', () => {
    expect(edit(compose, { op: 'add', pointer: ['services', 'web', 'user'], value: '65534:65534' })).toBe(
      compose.replace('["80:80"]\n', '["80:80"]\n    user: \'65534:65534\'\n'),
    );
  });

  it('sets items apart by a blank line where the others are', () => {
    expect(edit(compose, { op: 'add', pointer: ['services', 'cache'], value: { image: 'redis' } })).toContain(
      '      - data:/var/lib/postgresql\n\n  cache:\n    image: redis\n\nvolumes:\n',
    );
  });

  it('appends to a sequence in its own column, and inserts before an index', () => {
    const text = 'a:\n- x # first\n- y\n# end\nb: 1\n';
    expect(edit(text, { op: 'add', pointer: ['a', '-'], value: 'z' })).toBe('a:\n- x # first\n- y\n- z\n# end\nb: 1\n');
    expect(edit(text, { op: 'add', pointer: ['a', 1], value: 'z' })).toBe('a:\n- x # first\n- z\n- y\n# end\nb: 1\n');
  });

  it('adds to an empty value, to braces and to a list of mappings', () => {
    expect(edit(compose, { op: 'add', pointer: ['volumes', 'more'], value: null })).toBe(`${compose}  more:\n`);
    expect(edit('v:\nw: 1\n', { op: 'add', pointer: ['v', 'x'], value: 1 })).toBe('v:\n  x: 1\nw: 1\n');
    expect(edit('v:\nw: 1\n', { op: 'add', pointer: ['v', '-'], value: 1 })).toBe('v:\n  - 1\nw: 1\n');
    expect(edit('v: { a: 1 }\n', { op: 'add', pointer: ['v', 'b'], value: [1] })).toBe('v: { a: 1, b: [1] }\n');
    expect(edit('v: {}\n', { op: 'add', pointer: ['v', 'b'], value: 'x, y' })).toBe("v: { b: 'x, y' }\n");
    expect(edit('v: [\n  a,\n  b,\n]\n', { op: 'add', pointer: ['v', '-'], value: 'c' })).toBe(
      'v: [\n  a,\n  b,\n  c,\n]\n',
    );
    expect(edit('- a: 1\n  b: 2\n', { op: 'add', pointer: [0, 'c'], value: 3 })).toBe('- a: 1\n  b: 2\n  c: 3\n');
  });

  it('keeps the line ends and the missing one at the end', () => {
    expect(edit('a:\r\n  b: 1\r\n', { op: 'add', pointer: ['a', 'c'], value: { d: 1 } })).toBe(
      'a:\r\n  b: 1\r\n  c:\r\n    d: 1\r\n',
    );
    expect(edit('a: 1', { op: 'add', pointer: ['b'], value: 2 })).toBe('a: 1\nb: 2');
  });

  it('overrides what a merge key brings', () => {
    const text = 'x: &x { a: 1 }\ny:\n  <<: *x\n  b: 2\n';
    expect(problem(text, { op: 'set', pointer: ['y', 'a'], value: 2 })).toContain('merge key');
    expect(problem(text, { op: 'set', pointer: ['x', 'a'], value: 2 })).toContain('anchored');
  });
});

describe('an edit of YAML: remove', () => {
  it('removes the lines of a pair and nothing else', () => {
    expect(edit(compose, { op: 'remove', pointer: ['services', 'db', 'image'], expect: 'postgres' })).toBe(
      compose.replace('    image: postgres\n', ''),
    );
    expect(edit(compose, { op: 'remove', pointer: ['services', 'web'] })).toBe(
      compose.replace(/ {2}web:[\s\S]*80"\]\n/, ''),
    );
  });

  it('keeps the dash of an item whose first key goes', () => {
    expect(edit('- a: 1\n  b: 2\n- c\n', { op: 'remove', pointer: [0, 'a'] })).toBe('- b: 2\n- c\n');
    expect(edit('- a: 1\n  b: 2\n- c\n', { op: 'remove', pointer: [0] })).toBe('- c\n');
  });

  it('leaves an empty collection behind the last item', () => {
    expect(edit('a:\n  b: 1\nc: 2\n', { op: 'remove', pointer: ['a', 'b'] })).toBe('a: {}\nc: 2\n');
    expect(edit('a:\n  - 1\nc: 2\n', { op: 'remove', pointer: ['a', 0] })).toBe('a: []\nc: 2\n');
  });

  it('takes one comma along', () => {
    expect(edit('a: [1, 2, 3]\n', { op: 'remove', pointer: ['a', 2] })).toBe('a: [1, 2]\n');
    expect(edit('a: {x: 1, y: 2}\n', { op: 'remove', pointer: ['a', 'x'] })).toBe('a: {y: 2}\n');
  });

  it('takes the last line of a file that ends without a line end', () => {
    expect(edit('a: 1\nb: 2', { op: 'remove', pointer: ['b'] })).toBe('a: 1');
    expect(edit('a: 1\r\n\r\nb: 2', { op: 'remove', pointer: ['b'] })).toBe('a: 1\r\n');
  });
});

describe('an edit of YAML that cannot be made', () => {
  it('names the place', () => {
    expect(problem('a: 1\nb: [\n', { op: 'set', pointer: ['a'], value: 2 })).toMatch(
      /^f\.yml:\d+:\d+: the file is not YAML/,
    );
    expect(problem('a: 1\n---\na: 2\n', { op: 'set', pointer: ['a'], value: 2 })).toContain('several YAML documents');
    expect(problem('a: 1\n', { op: 'add', pointer: ['a'], value: 2 })).toContain('use "set"');
    expect(problem('a: 1\n', { op: 'add', pointer: ['b', 'c'], value: 2 })).toContain('there is no "b"');
    expect(problem('a: 1\n', { op: 'set', pointer: ['b'], value: 2 })).toContain('use "add"');
  });

  it('reads the tags of GitLab', () => {
    const text = 'job:\n  script:\n    - !reference [.base, script]\n    - make\n';
    expect(edit(text, { op: 'set', pointer: ['job', 'script', 1], value: 'make all' })).toBe(
      text.replace('make', 'make all'),
    );
  });
});
