import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationSeconds } from '../model/duration.ts';
import { parseEnvFile } from './env-file.ts';
import { parseIni } from './ini-document.ts';
import { parseJson } from './json-document.ts';
import { containerPath, globMatches, insideRepository } from './paths.ts';
import { splitWords } from './shell-words.ts';
import { byteSize } from './sizes.ts';
import { mappingAt } from './values.ts';
import { parseYaml } from './yaml-document.ts';

describe('durations', () => {
  it.each([
    ['0', 0],
    ['15s', 15],
    ['1h30m', 5400],
    ['250ms', 0.25],
    ['1d', 86_400],
    ['2w', 1_209_600],
    ['1y', 31_536_000],
    ['', undefined],
    ['5', undefined],
    ['1m1h', undefined],
    ['-5s', undefined],
    ['1.5h', undefined],
  ])('%s', (text, seconds) => expect(durationSeconds(text)).toBe(seconds));
});

describe('byte values', () => {
  it.each([
    ['1048576', 1_048_576],
    ['2G', 2_147_483_648],
    ['512m', 536_870_912],
    ['1gb', 1_073_741_824],
    ['0.5GiB', 536_870_912],
    ['10b', 10],
    ['', undefined],
    ['1X', undefined],
  ])('%s', (text, bytes) => expect(byteSize(text)).toBe(bytes));
});

describe('words of a command', () => {
  it.each([
    ['a  b\n c', ['a', 'b', 'c']],
    ['"a b" \'c d\' e" "f', ['a b', 'c d', 'e f']],
    ['a\\ b "c\\"d" \'e\\f\'', ['a b', 'c"d', 'e\\f']],
    ['a "b\\c" d\\te', ['a', 'bc', 'd\te']],
    ['sh -c run && more', ['sh', '-c', 'run']],
    ['"a && b"|c', ['a && b']],
    ['""', ['']],
    ['"open', ['open']],
    ['', []],
  ])('%s', (text, words) => expect(splitWords(text).map((word) => word.text)).toEqual(words));
});

describe('paths', () => {
  it.each([
    ['a', './b', 'a/b'],
    ['a', '../b/', 'b'],
    ['', './b//c', 'b/c'],
    ['a', '..', '.'],
    ['', '../b', undefined],
    ['a', '../../b', undefined],
    ['a', '/b', undefined],
    ['a', '~/b', undefined],
    ['', '..b', '..b'],
  ])('%s + %s', (folder, path, expected) => expect(insideRepository(folder, path)).toBe(expected));

  it('inside a container are absolute', () => {
    expect([containerPath('/a', 'b/../c/'), containerPath('/a', '/b/'), containerPath('/', '/')]).toEqual([
      '/a/c',
      '/b',
      '/',
    ]);
  });

  it.each([
    ['*.yml', 'a.yml', true],
    ['*.yml', 'a/b.yml', false],
    ['a?.yml', 'ab.yml', true],
    ['[ab].yml', 'b.yml', true],
    ['[^a].yml', 'a.yml', false],
    ['**/*.yml', 'a/b/c.yml', true],
    ['**/*.yml', 'c.yml', true],
    ['a/**', 'a/b/c', true],
    ['a.yml', 'aXyml', false],
    ['[', '[', true],
    ['[z-a]', 'z', false],
  ])('glob %s on %s', (pattern, path, expected) => expect(globMatches(pattern, path)).toBe(expected));
});

describe('env files', () => {
  it.each([
    ['A=1\nB = two words # note\nexport C="x\\ny"\n', { A: '1', B: 'two words', C: 'x\ny' }],
    ["A='a # b'\nB=a#b\nC=\nD\n", { A: 'a # b', B: 'a#b', C: '', D: '' }],
    ['A: 1\nA=2\r\n', { A: '2' }],
    ['A="\\$B \\" q"\n', { A: '$$B " q' }],
    ['A="one\ntwo"\nB=3\n', { A: 'one\ntwo', B: '3' }],
    ['# A=1\n\n=x\n1A=2\n', {}],
  ])('%j', (text, expected) => {
    const entries = [...parseEnvFile(text)].map(([name, entry]): [string, string] => [name, entry.value]);
    expect(Object.fromEntries(entries)).toEqual(expected);
  });
});

describe('ini files', () => {
  it.each([
    ['a = 1\n[s]\nb: 2\n', { '': { a: '1' }, s: { b: '2' } }],
    ['[s]\na = x # y\nb = x;y\nc = "q"\nd = `k;#`\n', { '': {}, s: { a: 'x', b: 'x', c: 'q', d: 'k;#' } }],
    ['[s]\na = 1\n[t]\n[s]\nb = a=b\r\n', { '': {}, s: { a: '1', b: 'a=b' }, t: {} }],
  ])('%j', (text, expected) => expect(parseIni(text).value).toEqual(expected));

  it('without a delimiter are a problem', () => {
    expect(parseIni('[s]\nnonsense\n').problems).toMatchObject([{ span: [4, 12] }]);
  });
});

describe('parsers', () => {
  it('never throw, whatever the text', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.json(),
      fc.stringMatching(/^[-:[\]{}&*!|>'"%@`#,\n a]*$/),
    );
    fc.assert(
      fc.property(anything, (text) => {
        for (const parse of [parseYaml, parseJson, parseIni]) {
          const source = parse(text);
          for (const { span } of source.problems) expect(span[0]).toBeLessThanOrEqual(text.length);
          expect(source.find(['a', 0]).value[0]).toBeLessThanOrEqual(text.length);
        }
        parseEnvFile(text);
        splitWords(text);
      }),
      { numRuns: 500 },
    );
  });

  it('read JSON as the engine does, and know where each value is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const source = parseJson(text);
        expect(source.value).toEqual(JSON.parse(text));
        const check = (held: unknown, pointer: (string | number)[]): void => {
          const { value: span, depth } = source.find(pointer);
          expect(depth).toBe(pointer.length);
          expect(JSON.parse(text.slice(...span))).toEqual(held);
          const children = Array.isArray(held) ? held.entries() : Object.entries(mappingAt(held));
          for (const [key, item] of children) check(item, [...pointer, key]);
        };
        check(source.value, []);
      }),
    );
  });

  it.each([
    ['{"a":1,"b":{"a":2,"a":3}}', 1],
    ['[{"a" : "x\\":","a":1}]', 1],
    ['{"a":"\\\\","a":"\\\\\\"","b":"a\\":"}', 1],
    ['{"a":{"a":{"a":": \\"a\\":"}}}', 0],
    ['["a","a",":","\\u003a"]', 0],
  ])('counts the keys written twice in %s', (text, count) => {
    const { problems } = parseJson(text);
    expect(problems.map(({ kind }) => kind)).toEqual(Array.from({ length: count }, () => 'duplicate-key'));
  });
});
