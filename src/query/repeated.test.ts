import { describe, expect, it } from 'vitest';
import { repeated } from './repeated.ts';
import { interpolated, type VariableValue } from './variable-value.ts';

const value = (name: string, values: string[]): [string, VariableValue] => [
  name,
  { name, values, texts: values, several: true },
];
const values = new Map([value('host', ['a', 'b', 'c', 'd']), value('disk', ['x', 'y']), value('none', [])]);

describe('repeated', () => {
  it.each([
    [[], ['(a|b|c|d) (x|y)'], 1],
    [['host'], ['a (x|y)', 'b (x|y)', 'c (x|y)'], 4],
    [['disk', 'host'], ['a x', 'b x', 'c x'], 8],
    [['none', 'unknown'], ['(a|b|c|d) (x|y)'], 1],
  ])('for %j', (repeats, texts, of) => {
    const found = repeated(repeats, values);
    expect(found.forms.map((form) => interpolated('$host $disk', form, 'prometheus'))).toEqual(texts);
    expect(found.of).toBe(of);
  });
});
