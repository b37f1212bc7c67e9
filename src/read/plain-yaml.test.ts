import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pointer } from '../model/location.ts';
import { plainSource } from './plain-source.ts';
import type { Source } from './source.ts';
import { isMapping } from './values.ts';
import { parseWholeYaml } from './yaml-library.ts';

const textsBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ya?ml$/.test(path) && !path.startsWith('defects'))
    .map((path) => readFileSync(join(folder, path), 'utf8'));

/** All our YAML, and what of it is written as most is: some stacks are there for what is seldom written. */
const corpus = ['fixtures', 'plans'].flatMap(textsBelow);
const usual = ['fixtures/repositories', 'fixtures/stacks/healthy', 'plans'].flatMap(textsBelow);

/** Everything a source says: its value, and every place in it. */
function told(source: Source): unknown {
  const places: unknown[] = [];
  const walk = (value: unknown, pointer: Pointer): void => {
    for (const asked of [pointer, [...pointer, 'absent']]) {
      const { depth, key, value: span, offset } = source.find(asked);
      places.push([asked, depth, key, span, [0, 1, 2, 7, 40].map(offset)]);
    }
    if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, [...pointer, index]);
    else if (isMapping(value)) for (const [key, item] of Object.entries(value)) walk(item, [...pointer, key]);
  };
  walk(source.value, []);
  return { value: source.value, problems: source.problems, places };
}

const agrees = (text: string): boolean => {
  const plain = plainSource(text);
  if (plain === undefined) return false;
  expect(told(plain), text).toEqual(told(parseWholeYaml(text)));
  return true;
};

describe('plain YAML', () => {
  it('is what most files are written in, and read as the library reads it', () => {
    expect(corpus.filter(agrees).length).toBeGreaterThan(50);
    expect(usual.filter(agrees).length / usual.length).toBeGreaterThan(0.7);
  });

  it.each(['.job', '.a-b.c', '.inf', '.nan', '.NaN', '.5', '.', '..a', 'x.inf'])('knows the key "%s"', (key) => {
    const plain = agrees(`${key}:\n  a: 1\n`);
    expect(plain).toBe(/^(?:\.job|\.a-b\.c|x\.inf)$/.test(key));
  });

  it('is read as the library reads it, however a piece of a file is changed', () => {
    const bits = fc.constantFrom(
      ...[' ', '  ', '\n', '#', ' # c', '\n# c\n', '\n    # c\n', '- ', ':', ': ', "'", '"', '|', '>', '|-', '\n\n'],
      ...['   \n', '1', '1e3', '0x1', '.5', '5.', '~', 'null', 'a: b', '[a, b]', '[]', '{}', '\t', '\\', '\\n', '&a '],
      ...['*a', '!t ', '? ', '---\n', '...\n', '%', '<<: ', 'x', '007', '-0', '1.0', ', ', '@', 'é', '😀'],
    );
    const pieces = fc
      .tuple(fc.constantFrom(...corpus), fc.nat(), fc.integer({ min: 2, max: 40 }))
      .map(([text, from, count]) => {
        const lines = text.split('\n');
        const cut = lines.slice(from % lines.length).slice(0, count);
        const left = Math.min(...cut.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
        return cut.map((line) => line.slice(Number.isFinite(left) ? left : 0)).join('\n');
      });
    const change = fc.record({ at: fc.nat(), drop: fc.integer({ min: 0, max: 3 }), put: fc.option(bits, { nil: '' }) });
    fc.assert(
      fc.property(pieces, fc.array(change, { maxLength: 3 }), (text, changes) => {
        const changed = changes.reduce((before, { at, drop, put }) => {
          const place = at % (before.length + 1);
          return before.slice(0, place) + put + before.slice(place + drop);
        }, text);
        agrees(changed);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['anchors', 'a: &b c\n'],
    ['merge keys', '<<: a\n'],
    ['several documents', 'a: b\n---\nc: d\n'],
    ['a key written twice', 'a: b\na: c\n'],
    ['carriage returns', 'a: b\r\n'],
    ['nothing', ''],
  ])('leaves %s to the library', (_, text) => {
    expect(plainSource(text)).toBeUndefined();
  });
});
