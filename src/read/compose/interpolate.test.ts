import { describe, expect, it } from 'vitest';
import { interpolate } from './interpolate.ts';

const known: Readonly<Record<string, string>> = { SET: 'value', EMPTY: '', OTHER: 'other' };
const lookup = (name: string): string | undefined => (Object.hasOwn(known, name) ? known[name] : undefined);

describe('interpolate', () => {
  it.each([
    ['$SET', 'value', false],
    ['a${SET}b', 'avalueb', false],
    ['$SET-$OTHER', 'value-other', false],
    ['$$SET', '$SET', false],
    ['$${SET}', '${SET}', false],
    ['${NONE}', '', true],
    ['${EMPTY}', '', false],
    ['${NONE:-d}', 'd', false],
    ['${NONE-d}', 'd', false],
    ['${EMPTY:-d}', 'd', false],
    ['${EMPTY-d}', '', false],
    ['${SET:-d}', 'value', false],
    ['${SET:+yes}', 'yes', false],
    ['${NONE:+yes}', '', false],
    ['${EMPTY:+yes}', '', false],
    ['${EMPTY+yes}', 'yes', false],
    ['${SET:?must}', 'value', false],
    ['${NONE:?must be set}', '', true],
    ['${NONE:-${OTHER}}', 'other', false],
    ['${NONE:-${NONE2:-deep}}', 'deep', false],
    ['${NONE:-a${NONE2}b}', 'ab', true],
    ['${NONE:-{a}}', '{a}', false],
    ['no variable', 'no variable', false],
    ['^/(sys)($|/) $1 $@ a$', '^/(sys)($|/) $1 $@ a$', false],
  ])('makes of %s: %s', (text, expected, open) => {
    const result = interpolate(text, lookup);
    expect(result).toMatchObject({ text: expected, open });
    expect(result.invalid).toBeUndefined();
  });

  it.each([
    ['${', [0, 2]],
    ['${1}', [0, 2]],
    ['${NONE', [0, 2]],
  ])('refuses %s', (text, span) => {
    expect(interpolate(text, lookup).invalid).toEqual(span);
  });

  it('tells every use and where it stands, those in defaults included', () => {
    const text = 'x ${A:-${SET}} $B';
    const { uses } = interpolate(text, lookup);
    expect(uses.map((use) => [use.name, text.slice(...use.span), use.value, use.defaulted])).toEqual([
      ['A', '${A:-${SET}}', undefined, true],
      ['SET', '${SET}', 'value', false],
      ['B', '$B', undefined, false],
    ]);
  });

  it('ends on defaults nested without end', () => {
    const text = '${A:-'.repeat(5000) + '}'.repeat(5000);
    expect(interpolate(text, lookup).text.length).toBeGreaterThan(0);
  });
});
