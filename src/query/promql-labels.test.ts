import { describe, expect, it } from 'vitest';
import { resultLabels } from './promql-labels.ts';

const labelsOf = (expr: string): string[] | undefined => {
  const labels = resultLabels(expr);
  return labels === undefined ? undefined : [...labels].sort();
};

describe('resultLabels', () => {
  it.each([
    ['sum(x)', []],
    ['sum by (b, a) (x) > 5', ['a', 'b']],
    ['100 - avg by (a) (x) * 100', ['a']],
    ['(count(x)) == 0', []],
    ['absent(up{job="a", b=~"c"})', ['job']],
    ['absent_over_time(up{job="a"}[5m]) == 1', ['job']],
    ['vector(1)', []],
    ['count_values("v", x)', ['v']],
    ['rate(sum by (a) (x)[5m:1m])', ['a']],
    ['sum by (a) (x) / sum by (b) (y)', []],
    ['sum by (a, b) (x) / ignoring(b) sum by (a) (y)', ['a']],
    ['label_replace(sum(x), "a", "b", "", "")', ['a']],
    ['x / sum by (a) (y)', ['a']],
    ['sum by (a) (x) and sum by (b) (y)', ['a']],
    ['sum by (a) (x) or sum by (b) (y)', ['a', 'b']],
    ['x / on(a) y', ['a']],
    ['sum by (a) (x) * on(a) group_left(c) y', ['a', 'c']],
    ['histogram_quantile(0.9, sum by (le, a) (x))', ['a']],
    ['quantile by (a) (0.9, x)', ['a']],
  ])('knows those of %s', (expr, expected) => {
    expect(labelsOf(expr)).toEqual(expected);
  });

  it.each([
    'up == 0',
    'rate(x[5m])',
    'sum without (a) (x)',
    'topk(3, x)',
    'x * on(a) group_left(c) y',
    'x or sum(y)',
    '-x',
    'sum(',
  ])('leaves those of %s to the series', (expr) => {
    expect(resultLabels(expr)).toBeUndefined();
  });
});
