import { describe, expect, it } from 'vitest';
import { resultValues } from './promql-values.ts';

describe('resultValues', () => {
  it.each([
    ['up{job="a", x!="y", z=""} == 0', { job: ['a'] }],
    ['up{job=~"a|b", instance=~"c.*"}', { job: ['a', 'b'] }],
    ['rate(m{a="b"}[5m]) > 1', { a: ['b'] }],
    ['1 - m{a="b"}', { a: ['b'] }],
    ['sum(m{a="b"})', {}],
    ['sum by (a) (m{a="b", c="d"})', { a: ['b'] }],
    ['sum without (a) (m{a="b", c="d"})', { c: ['d'] }],
    ['topk(3, m{a="b"})', { a: ['b'] }],
    ['absent(up{job="a", x=~"c|d"})', { job: ['a'] }],
    ['m{a="b"} and n{c="d"}', { a: ['b'] }],
    ['m{a="b"} or n{a="c"}', { a: ['b', 'c'] }],
    ['m{a="b"} or n', {}],
    ['m{a="b"} / on (x) n', {}],
    ['m{a="b"} / on (x) group_left n{c="d"}', { a: ['b'] }],
    ['m{a="b"} / on (x) group_left (a) n', {}],
    ['m * on (x) group_right n{c="d"}', { c: ['d'] }],
    ['label_replace(m{a="b"}, "a", "x", "", "")', {}],
    ['vector(1)', {}],
    ['not an expression', {}],
  ])('%s', (expr, expected) => {
    expect(Object.fromEntries(resultValues(expr))).toEqual(expected);
  });
});
