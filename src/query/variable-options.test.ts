import { describe, expect, it } from 'vitest';
import {
  allOption,
  chosen,
  customOptions,
  filtered,
  intervalOptions,
  type Option,
  sorted,
} from './variable-options.ts';

const options = (...values: string[]): Option[] => values.map((value) => ({ text: value, value }));
const valuesOf = (found: readonly Option[]): string[] => found.map(({ value }) => value);

describe('options', () => {
  it('of a custom variable are parted by commas, with a text before a colon', () => {
    expect(customOptions('a, b\\,c,Shown : value')).toEqual([
      ...options('a', 'b,c'),
      { text: 'Shown', value: 'value' },
    ]);
  });

  it('of an interval variable are words and quoted texts', () => {
    expect(valuesOf(intervalOptions('1m,"10 m",1h'))).toEqual(['1m', '10 m', '1h']);
  });

  it.each([
    ['', ['web-1', 'web-2', 'db-1']],
    ['web.*', ['web-1', 'web-2']],
    ['/web/', ['web-1', 'web-2']],
    ['/(.*)-1/', ['web', 'db']],
    ['/(?<text>.*)-(?<value>\\d)/', ['1', '2']],
    ['/none/', []],
  ])('filtered by "%s"', (regex, expected) => {
    expect(valuesOf(filtered(options('web-1', 'web-2', 'db-1', 'db-1'), regex))).toEqual(expected);
  });

  it('cannot be filtered by what does not compile', () => {
    expect(() => filtered(options('a'), '/(/')).toThrow(SyntaxError);
  });

  it.each([
    [0, ['b10', 'a9', 'C1']],
    [1, ['C1', 'a9', 'b10']],
    [2, ['b10', 'a9', 'C1']],
    [3, ['C1', 'a9', 'b10']],
    [4, ['b10', 'a9', 'C1']],
    [5, ['a9', 'b10', 'C1']],
    [6, ['C1', 'b10', 'a9']],
  ])('sorted as %s', (order, expected) => {
    expect(valuesOf(sorted(options('b10', 'a9', 'C1'), order))).toEqual(expected);
  });

  it.each([
    [{ value: 'b' }, ['b']],
    [{ text: 'b', value: 'gone' }, ['b']],
    [{ value: 'gone' }, ['$__all']],
    [{ value: ['b', 'gone'] }, ['b']],
    [{ value: ['gone'] }, ['$__all']],
    [{}, ['$__all']],
  ])('chosen by %j', (saved, expected) => {
    expect(valuesOf(chosen([allOption, ...options('a', 'b')], saved))).toEqual(expected);
  });

  it('where there are none is "None"', () => {
    expect(chosen([], { value: 'a' })).toEqual([{ text: 'None', value: '' }]);
  });
});
