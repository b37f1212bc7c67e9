import { describe, expect, it } from 'vitest';
import { parsePromql } from './promql.ts';
import { openedExpression } from './promql-opened.ts';

describe('openedExpression', () => {
  it.each([
    ['up == 0', 'up == bool  0'],
    ['up{job="a"} == bool 0', 'up{job="a"} == bool 0'],
    ['a > on (x) b and (c < 3)', 'a > bool  on (x) b and (c < bool  3)'],
    ['changes(x[15m]) > 2', 'changes(x[15m]) > bool  2'],
    ['(a > 1) unless on (x) (b > 2)', '(a > bool  1)'],
    ['a unless b unless c > 1', 'a'],
    ['absent(up{job="x"})', 'absent(up{stackproof_nobody=~".+",job="x"})'],
    ['absent(up)', 'absent(up{stackproof_nobody=~".+"})'],
    ['absent_over_time(up{job="x"}[5m]) == 1', 'absent_over_time(up{stackproof_nobody=~".+",job="x"}[5m]) == bool  1'],
    ['absent(sum(up))', 'vector(1)'],
    ['a / (b > 0) > 0.9', 'a / (b > bool  0) > bool  0.9'],
  ])('of %s', (expr, expected) => {
    expect(openedExpression(expr)).toBe(expected);
    expect(parsePromql(expected).problems).toEqual([]);
  });

  it('of what does not parse there is none', () => {
    expect(openedExpression('up ==')).toBeUndefined();
  });
});
