import { describe, expect, it } from 'vitest';
import type { Edit } from '../../model/plan.ts';
import { editText } from './edit.ts';
import { jsonLanguage } from './json.ts';

function edit(text: string, ...edits: Edit[]): string {
  const { text: after, problems } = editText('f.json', text, edits, jsonLanguage);
  expect(problems).toEqual([]);
  return after;
}

const dashboard = `{
  "title": "Hosts \\u00e9",
  "refresh": "30s",
  "panels": [
    { "id": 1, "type": "graph" },
    {
      "id": 2
    }
  ],
  "tags": []
}
`;

describe('an edit of JSON', () => {
  it('touches only the value', () => {
    expect(edit(dashboard, { op: 'set', pointer: ['refresh'], value: '10s' })).toBe(dashboard.replace('30s', '10s'));
    expect(edit(dashboard, { op: 'set', pointer: ['panels', 0, 'type'], value: 'timeseries' })).toBe(
      dashboard.replace('graph', 'timeseries'),
    );
  });

  it('adds in the layout of the file', () => {
    expect(edit(dashboard, { op: 'add', pointer: ['panels', 1, 'links'], value: [{ a: 1 }] })).toContain(
      '      "id": 2,\n      "links": [\n        {\n          "a": 1\n        }\n      ]\n    }',
    );
    expect(edit(dashboard, { op: 'add', pointer: ['tags', '-'], value: 'x' })).toContain('"tags": [\n    "x"\n  ]\n}');
    expect(edit('{"a":1}', { op: 'add', pointer: ['b'], value: { c: [1, 2] } })).toBe('{"a":1,"b":{"c":[1,2]}}');
    expect(edit('{\r\n\t"a": 1\r\n}', { op: 'add', pointer: ['b'], value: {} })).toBe(
      '{\r\n\t"a": 1,\r\n\t"b": {}\r\n}',
    );
  });

  it('removes with one comma', () => {
    expect(edit(dashboard, { op: 'remove', pointer: ['tags'] })).toBe(dashboard.replace(',\n  "tags": []', ''));
    expect(edit(dashboard, { op: 'remove', pointer: ['title'] })).toBe(
      dashboard.replace('"title": "Hosts \\u00e9",\n  ', ''),
    );
    expect(edit('[1]', { op: 'remove', pointer: [0] })).toBe('[]');
  });

  it('says where a file is not JSON', () => {
    const { problems } = editText('f.json', '{ "a": }', [{ op: 'set', pointer: ['a'], value: 1 }], jsonLanguage);
    expect(problems[0]?.message).toContain('f.json: the file is not JSON');
  });
});
