import { describe, expect, it } from 'vitest';
import { jmespathProblem } from './jmespath.ts';

describe('jmespathProblem', () => {
  it.each([
    'a',
    'a.b.c',
    '"user-agent"',
    'http."user-agent".x',
    'a[0].b',
    'a[-1]',
    'a[*].b',
    'a[].b[?c == `1`].d',
    'a[1:3:2]',
    'a || b && !c',
    'a | b',
    "join(', ', a)",
    'keys(@)',
    'max_by(a, &b)',
    '[a, b.c]',
    '{x: a, "y": b}',
    '@',
    '*.a',
    'a.*',
    '[0]',
    "to_string('x')",
  ])('accepts %s', (text) => expect(jmespathProblem(text)).toBeUndefined());

  it.each([
    ['user-agent', '"-"'],
    ['a.', 'too early'],
    ['a b', '"b"'],
    ['a[', 'too early'],
    ['a[b]', '"b"'],
    ['$.a', '"$"'],
    ['a..b', '"."'],
    ['"a', '"""'],
    ['{a}', '"}"'],
    ['a.1', '"1"'],
    ['', 'too early'],
  ])('refuses %s', (text, problem) => expect(jmespathProblem(text)).toContain(problem));
});
