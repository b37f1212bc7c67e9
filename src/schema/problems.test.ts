import { describe, expect, it } from 'vitest';
import { pointerText } from '../model/location.ts';
import { problemsOf, type Reading } from './problems.ts';
import { duration, number, oneOf, text, truth, whole } from './scalars.ts';
import { anything, either, list, map, nullable, type RecordShape, record, type Shape } from './shape.ts';

const told = (shape: Shape, value: unknown, reading?: Reading): string[] =>
  problemsOf(shape, value, [], reading).map(
    ({ kind, pointer, part, message, hint }) =>
      `${kind} ${pointerText(pointer)}${part === 'key' ? ' (key)' : ''}: ${message}${hint === undefined ? '' : `; ${hint}`}`,
  );

const job = record(
  'a job',
  {
    name: text(),
    every: duration({ positive: true }),
    tries: whole(0, 9),
    on: truth,
    tags: map(text(), key),
    of: anything,
  },
  {
    required: ['name'],
    check: ({ every, tries }) =>
      every === '1s' && tries === 9 ? [{ route: ['every'], wrong: 'is too short for 9 tries' }] : [],
  },
);
const file = record('the file', () => ({ jobs: list(job), mode: oneOf('a', 'b'), ratio: number }), { open: /^x-/ });

function key(written: unknown): string | undefined {
  return /^[a-z]+$/.test(String(written)) ? undefined : 'is no tag name';
}

describe('problemsOf', () => {
  it.each([
    [{}],
    [null],
    [{ jobs: [], mode: 'a', ratio: 1.5, 'x-more': {} }],
    [{ jobs: [{ name: 5, every: '1h30m', tries: 0.5, on: 'yes', tags: { a: 1 }, of: [[]] }] }],
    [{ jobs: null, mode: null }],
    [{ jobs: [{ name: 'a', every: null, tags: null }, null] }],
  ])('finds nothing in %j', (value) => expect(told(file, value)).toEqual([]));

  it.each([
    [[], 'wrong-kind : The file is a list where a mapping is read'],
    [{ job: [] }, 'unknown-key job (key): "job" is no key of the file; Write "jobs"'],
    [
      { other: 1 },
      'unknown-key other (key): "other" is no key of the file; Take it out; the file has jobs, mode, ratio',
    ],
    [{ jobs: {} }, 'wrong-kind jobs: "jobs" is a mapping where a list is read'],
    [{ jobs: [{}] }, 'missing-key jobs[0]: A job ("jobs[0]") has no "name"'],
    [{ jobs: [{ name: null }] }, 'missing-key jobs[0]: A job ("jobs[0]") has no "name"'],
    [{ jobs: ['a'] }, 'wrong-kind jobs[0]: "jobs[0]" is a single value where a mapping is read'],
    [{ jobs: [{ name: ['a'] }] }, 'wrong-kind jobs[0].name: "name" is a list where a single value is read'],
    [
      { jobs: [{ name: 'a', every: '5 minutes' }] },
      'invalid-value jobs[0].every: "every" is "5 minutes", no duration like 15s or 1h30m',
    ],
    [{ jobs: [{ name: 'a', every: 0 }] }, 'invalid-value jobs[0].every: "every" is 0, which is not allowed here'],
    [{ jobs: [{ name: 'a', tries: 10 }] }, 'invalid-value jobs[0].tries: "tries" is 10, not between 0 and 9'],
    [{ jobs: [{ name: 'a', tries: '1' }] }, 'invalid-value jobs[0].tries: "tries" is "1", no number'],
    [{ jobs: [{ name: 'a', on: 'maybe' }] }, 'invalid-value jobs[0].on: "on" is "maybe", neither true nor false'],
    [{ jobs: [{ name: 'a', tags: { A: 'x' } }] }, 'unknown-word jobs[0].tags.A (key): The key "A" is no tag name'],
    [{ jobs: [{ name: 'a', every: '1s', tries: 9 }] }, 'invalid-value jobs[0].every: "every" is too short for 9 tries'],
    [{ mode: 'c' }, 'unknown-word mode: "mode" is "c", none of a, b'],
    [{ ratio: '1' }, 'invalid-value ratio: "ratio" is "1", no number'],
  ])('in %j says %s', (value, words) => expect(told(file, value)).toEqual([words]));

  it('takes null for a value where the program does', () => {
    const json: Reading = { nullIsUnset: false };
    const shape = record(
      'it',
      { a: list(text()), b: nullable(list(text())), c: nullable(text()) },
      { required: ['c'] },
    );
    expect(told(shape, { a: null, b: null, c: null }, json)).toEqual([
      'wrong-kind a: "a" is nothing where a list is read',
    ]);
  });

  it('takes the shape of the value’s own kind where there are several', () => {
    const command = either(list(text()), scalarOrNumber);
    expect(told(command, ['a'])).toEqual([]);
    expect(told(command, 'a')).toEqual([]);
    expect(told(command, { a: 1 })).toEqual([
      'wrong-kind : The file is a mapping where a list or a single value is read',
    ]);
    expect(told(command, [['a']])).toHaveLength(1);
  });

  it('follows a shape that holds itself', () => {
    const route: RecordShape = record('a route', () => ({ to: text(), routes: list(route) }));
    expect(told(route, { routes: [{ routes: [{ too: 1 }] }] })).toEqual([
      'unknown-key routes[0].routes[0].too (key): "too" is no key of a route; Write "to"',
    ]);
  });
});

const scalarOrNumber = text();
