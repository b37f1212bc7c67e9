import { describe, expect, it } from 'vitest';
import type { Place } from '../model/location.ts';
import { rangeOf } from '../model/location.ts';
import { treeOf } from '../model/tree.ts';
import { openDocuments } from './documents.ts';

const yaml = `# comment
base: &base
  image: one
  command: run
list: [a, &b b, {k: v}]
services:
  web:
    <<: *base
    image: two
  many:
    <<: [{user: "1"}, *base]
  empty:
  again: *b
7: number
`;
const json = '{\n  "a": [1, {"b": "c"}],\n  "d": null,\n  "d": "last"\n}\n';
const ini =
  '; comment\napp_mode = production\n[server]\nroot_url = http://a ; not this\n[auth.basic]\n  password = """a#b"""\n';
const tree = treeOf({ 'a.yml': yaml, 'a.json': json, 'a.ini': ini, 'a.txt': 'one\ntwo\n', 'b.yml': 'a: b: c' });

function place(file: string, pointer: Place['pointer'], part?: Place['part']): Place {
  return { file, ...(pointer ? { pointer } : {}), ...(part ? { part } : {}) };
}

describe('locate', () => {
  it.each<[string, Place, string, number?]>([
    ['a value', place('a.yml', ['services', 'web', 'image']), 'two'],
    ['a key', place('a.yml', ['services', 'web'], 'key'), 'web'],
    ['an item', place('a.yml', ['list', 1]), 'b,'],
    ['a value in an item', place('a.yml', ['list', 2, 'k']), 'v}'],
    ['a merged value', place('a.yml', ['services', 'web', 'command']), 'run'],
    ['a value merged from a list', place('a.yml', ['services', 'many', 'user']), '"1"'],
    ['a merged value from an alias in a list', place('a.yml', ['services', 'many', 'command']), 'run'],
    ['an alias', place('a.yml', ['services', 'again']), 'b, {k'],
    ['an empty value, by its key', place('a.yml', ['services', 'empty']), 'empty'],
    ['a missing value, by the nearest key', place('a.yml', ['services', 'web', 'nothing', 3]), 'web'],
    ['a number as key', place('a.yml', ['7']), 'number'],
    ['a JSON value', place('a.json', ['a', 1, 'b']), '"c"'],
    ['a JSON key', place('a.json', ['a'], 'key'), '"a"'],
    ['the last of two JSON keys', place('a.json', ['d']), '"last"'],
    ['an ini value', place('a.ini', ['server', 'root_url']), 'http'],
    ['an ini value in triple quotes', place('a.ini', ['auth.basic', 'password']), 'a#b'],
    ['a missing ini key, by its section', place('a.ini', ['server', 'nothing']), '[server]'],
    ['an ini value outside sections', place('a.ini', ['', 'app_mode']), 'production'],
    ['a span', { file: 'a.txt', span: [4, 7] }, 'two'],
    ['a file that is not there', place('nowhere.yml', ['a']), ''],
    ['a file that does not parse', place('b.yml', ['a']), ''],
  ])('finds %s', (_, at, text) => {
    const documents = openDocuments(tree);
    const content = documents.text(at.file) ?? '';
    const start = content.indexOf(text);
    const found = documents.locate(at);
    const expected = rangeOf(content, start, start);
    expect({ line: found.line, column: found.column }).toEqual({ line: expected.line, column: expected.column });
  });

  it('ends where the value ends', () => {
    const documents = openDocuments(tree);
    expect(documents.locate(place('a.yml', ['services', 'web', 'image']))).toEqual({
      line: 9,
      column: 12,
      endLine: 9,
      endColumn: 15,
    });
    expect(documents.locate(place('a.ini', ['server', 'root_url']))).toMatchObject({ column: 12, endColumn: 20 });
  });
});

describe('report', () => {
  it('keeps the same fault once', () => {
    const documents = openDocuments(tree);
    const fault = { rule: 'a/b', at: { file: 'a.yml' }, message: 'c' };
    documents.report(fault);
    documents.report({ ...fault });
    expect(documents.faults).toEqual([fault]);
  });
});
