import { describe, expect, it } from 'vitest';
import { rangeOf } from '../model/location.ts';
import { textAt, treeOf } from '../model/tree.ts';
import { openDocuments } from './documents.ts';

const cases: readonly (readonly [name: string, file: string, text: string])[] = [
  ['plain', 'a.yml', 'k: rate(X[5m]) > 1\n'],
  ['plain after an anchor', 'a.yml', 'k: &a rate(X[5m]) > 1\n'],
  ['single quotes', 'a.yml', "k: 'it''s rate(X[5m])'\n"],
  ['double quotes', 'a.yml', 'k: "a \\"q\\" \\u00e9 \\t rate(X[5m])"\n'],
  ['a literal block', 'a.yml', 'k: |\n  sum(\n    rate(X[5m])\n  )\n'],
  ['a literal block after blank lines', 'a.yml', 'k: |-\n\n    sum(\n\n    X)\n'],
  ['a folded block', 'a.yml', 'k: >-\n  sum(\n  rate(X[5m])\n  )\n'],
  ['a plain scalar over lines', 'a.yml', 'k: sum(a) +\n  sum(b) +\n    X\n'],
  ['double quotes over lines', 'a.yml', 'k: "sum(a)   \n   + X"\n'],
  ['CRLF', 'a.yml', 'k: |\r\n  sum(\r\n  X)\r\n'],
  ['JSON', 'a.json', '{"j": 1, "k": "a \\"q\\" \\n X"}'],
  ['a surrogate pair', 'a.json', '{"k": "😀 X"}'],
];

describe('a span inside a scalar', () => {
  it.each(cases)('is exact in %s', (_, file, text) => {
    const tree = treeOf({ [file]: text });
    const documents = openDocuments(tree);
    const value = documents.open(file, file.endsWith('.json') ? 'json' : 'yaml')?.value;
    const held: unknown = typeof value === 'object' && value !== null && 'k' in value ? value.k : undefined;
    const inside = String(held).indexOf('X');
    const start = text.indexOf('X');
    expect(inside).toBeGreaterThan(-1);
    expect(documents.locate({ file, pointer: ['k'], span: [inside, inside + 1] })).toEqual(
      rangeOf(textAt(tree, file) ?? '', start, start + 1),
    );
  });
});
