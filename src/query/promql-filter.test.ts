import { describe, expect, it } from 'vitest';
import { outcomeOf } from './promql-filter.ts';

describe('outcomeOf', () => {
  it.each([
    ['1', 'always'],
    ['vector(1)', 'always'],
    ['(a > 1) or vector(0)', 'always'],
    ['1 > bool 0', 'always'],
    ['up', 'presence'],
    ['up == bool 0', 'presence'],
    ['-sum by (x) (rate(a[5m])) / 2', 'presence'],
    ['quantile(0.9, a)', 'presence'],
    ['histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m])))', 'presence'],
    ['max_over_time(a[5m:1m] offset 1h)', 'presence'],
    ['(a > 1) or b', 'presence'],
    ['up >= 0', 'presence'],
    ['count(up) > 0', 'presence'],
    ['count(up == 0) > 0', 'filter'],
    ['rate(container_last_seen{name!=""}[5m]) > 0.05', 'presence'],
    ['up == 0', 'filter'],
    ['count(up == 0)', 'filter'],
    ['a and b', 'filter'],
    ['a unless b', 'filter'],
    ['absent(up)', 'filter'],
    ['(a > 1) * 100', 'filter'],
    ['(a > 1) or (b > 2)', 'filter'],
    ['a / (b > 1)', 'filter'],
    ['a / (b > 0) > 0.9', 'filter'],
    ['a / (b > 0) * 100', undefined],
    ['ALERTS{alertstate="firing"}', undefined],
    ['job:errors:rate5m', undefined],
    ['{__name__=~"a.*"}', undefined],
    ['label_replace(up, "a", "$1", "b", "(.*)")', undefined],
    ['no such (', undefined],
  ])('%s', (expr, expected) => {
    expect(outcomeOf(expr)).toBe(expected);
  });
});
