import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Edit } from '../../model/plan.ts';
import { editText, type Language } from './edit.ts';
import { iniLanguage } from './ini.ts';
import { jsonLanguage } from './json.ts';
import { editLines } from './lines.ts';
import { edited } from './values.ts';
import { yamlLanguage } from './yaml.ts';

const scalar = fc.constantFrom<unknown>('a', 'no', '1:30', 'x: y', '# z', "'q'", '${A:-b}', 'ü', 3, true, null);
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 2 }),
  fc.dictionary(fc.constantFrom('p', 'q'), scalar, { maxKeys: 2, noNullPrototype: true }),
);
const keys = ['k1', 'k2', 'k3', 'k4'];

/** A block of a file: the text of one top-level key with the comments and blank lines around it, and its value. */
interface Block {
  readonly text: string;
  readonly value: unknown;
}

const yamlBlocks: readonly ((key: string) => Block)[] = [
  (key) => ({ text: `${key}:   plain  # behind\n`, value: 'plain' }),
  (key) => ({ text: `# above\n\n${key}: 'it''s'\n`, value: "it's" }),
  (key) => ({ text: `${key}: &${key}\n    deep: 1   \n    # inner\n    more: "2"\n`, value: { deep: 1, more: '2' } }),
  (key) => ({ text: `"${key}":\n- one\n-   two # b\n\n`, value: ['one', 'two'] }),
  (key) => ({ text: `${key}: {a: 1,  b: [x , y]}\n`, value: { a: 1, b: ['x', 'y'] } }),
  (key) => ({ text: `${key}: |\n  long\n   text\n`, value: 'long\n text\n' }),
  (key) => ({ text: `${key}: !!str 5\n`, value: '5' }),
  (key) => ({ text: `${key}: &${key} !!str 5 # b\n`, value: '5' }),
  (key) => ({ text: `${key}: !!seq\n  - 1\n`, value: [1] }),
];

/** Texts of four keys, each written in some way, and an edit of one of them or a new one. */
const yamlCase = fc
  .tuple(
    fc.tuple(...keys.map(() => fc.constantFrom(...yamlBlocks))),
    fc.nat(3),
    fc.constantFrom('set', 'add', 'remove'),
    value,
    fc.boolean(),
  )
  .map(([makers, at, op, fresh, crlf]) => {
    const blocks = makers.map((make, index) => make(keys[index] ?? ''));
    const ended = blocks.map(({ text }) => (crlf ? text.replaceAll('\n', '\r\n') : text));
    const key = op === 'add' ? 'new' : (keys[at] ?? '');
    const edit = { op, pointer: [key], ...(op === 'remove' ? {} : { value: fresh }) } as Edit;
    const untouched = ended.filter((_, index) => op === 'add' || index !== at);
    const root = Object.fromEntries(blocks.map((block, index) => [keys[index], block.value]));
    return { text: ended.join(''), root, edit, untouched, crlf };
  });

function edit(text: string, one: Edit, language: Language): string {
  const { text: after, problems } = editText('f', text, [one], language);
  expect(problems).toEqual([]);
  return after;
}

describe('an edit of random YAML', { timeout: 240_000 }, () => {
  it('has the value asked for, and every byte of the other keys where it was', () => {
    fc.assert(
      fc.property(yamlCase, ({ text, root, edit: one, untouched, crlf }) => {
        const after = edit(text, one, yamlLanguage);
        const wanted = edited(root, one);
        expect(parse(after) ?? {}).toEqual(wanted);
        if (crlf) expect(after.replaceAll('\r\n', '')).not.toContain('\n');
        let from = 0;
        // A comment or blank line at the end of what goes may be the beginning of what stays.
        for (const block of untouched.map((one) => one.trimEnd())) {
          const at = after.indexOf(block, from);
          expect(at, JSON.stringify(block)).toBeGreaterThanOrEqual(from);
          from = at + block.length;
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('an edit of random JSON', { timeout: 240_000 }, () => {
  const layout = fc.constantFrom<string | number>(0, 1, 2, 4, '\t');
  const root = fc.dictionary(fc.constantFrom(...keys), value, { minKeys: 1, noNullPrototype: true });
  it('has the value asked for, and every line of the other keys where it was', () => {
    fc.assert(
      fc.property(
        root,
        layout,
        fc.nat(),
        fc.constantFrom('set', 'add', 'remove'),
        value,
        (given, indent, pick, op, fresh) => {
          const names = Object.keys(given);
          const key = op === 'add' ? 'new' : (names[pick % names.length] ?? '');
          const one = { op, pointer: [key], ...(op === 'remove' ? {} : { value: fresh }) } as Edit;
          const before = JSON.stringify(given, null, indent);
          const after = edit(before, one, jsonLanguage);
          expect(JSON.parse(after)).toEqual(edited(given, one));
          for (const name of names.filter((other) => other !== key)) {
            const pair = JSON.stringify({ [name]: given[name] }, null, indent)
              .slice(1, -1)
              .trim();
            expect(after).toContain(pair);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('an edit of random ini', { timeout: 240_000 }, () => {
  const lines = fc.array(fc.constantFrom('; note', '# note', '', 'a = 1', 'b=2', 'c :  x ; y', 'd = "q"'), {
    maxLength: 5,
  });
  it('keeps every other line', () => {
    fc.assert(
      fc.property(lines, lines, fc.boolean(), (first, second, crlf) => {
        const unique = (all: readonly string[]): string[] =>
          all.filter((line, at) => !/^[a-d]/.test(line) || all.findIndex((one) => one[0] === line[0]) === at);
        const all = ['[s]', ...unique(first), 'k = old', '[t]', ...unique(second)];
        const end = crlf ? '\r\n' : '\n';
        const after = edit(`${all.join(end)}${end}`, { op: 'set', pointer: ['s', 'k'], value: 'new' }, iniLanguage);
        expect(after.split(end)).toEqual([...all.map((line) => (line === 'k = old' ? 'k = new' : line)), '']);
      }),
      { numRuns: 150 },
    );
  });
});

describe('an edit of random text', { timeout: 240_000 }, () => {
  it('replaces the lines from one up to another, and no other byte', () => {
    const words = fc.uniqueArray(fc.constantFrom('a', ' b', 'c ', 'd\t', 'e;', '#', 'é'), { minLength: 2 });
    fc.assert(
      fc.property(
        words,
        fc.nat(),
        fc.nat(),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (all, pick, more, end, last) => {
          const from = pick % (all.length - 1);
          const until = from + 1 + (more % (all.length - from - 1));
          const text = all.join(end) + (last ? end : '');
          const one = { from: all[from] ?? '', until: all[until] ?? '', with: 'x\ny\n' };
          const { text: after, problems } = editLines('f', text, [one], (it) => it.with ?? '');
          expect(problems).toEqual([]);
          expect(after).toBe([...all.slice(0, from), 'x', 'y', ...all.slice(until)].join(end) + (last ? end : ''));
        },
      ),
      { numRuns: 150 },
    );
  });
});
