import { describe, expect, it } from 'vitest';
import { parseLogql } from './logql.ts';

describe('parseLogql', () => {
  it.each([
    '{a="b"}',
    '{a=~".+"} |= "x" != "y" |~ "z" | json | a="b" | line_format "{{.x}}"',
    'sum by (a) (rate({a="b"} |= "e" [5m]))',
    'topk(10, sum by (x) (count_over_time({a="b", c!=""}[1m])))',
    'quantile_over_time(0.9, {a="b"} | json | unwrap duration(x) [5m]) by (y)',
    'sum(rate({a="b"}[5m])) / sum(rate({a="b"}[5m] offset 1h)) > 0',
    '{a="b"} | logfmt | drop x | label_format a=b, c="{{.d}}" # why',
    '{a="b"} | regexp `(?P<x>\\d+)` | x > 10 and y <= 5ms or z = 20kb',
    'sum by (x) (bytes_rate({a="b"}[5m]))',
    'absent_over_time({a="b"}[5m])',
    'vector(1)',
  ])('accepts %s', (expr) => {
    expect(parseLogql(expr).problems).toEqual([]);
  });

  it.each([
    ['', 'the query is empty'],
    ['{}', '"}" is not expected here'],
    ['{a=~".*"}', 'the selector needs a matcher that does not match the empty text'],
    ['{a="b"', 'the query ends too early'],
    ['rate({a="b"})', '")" is not expected here'],
    ['up', '"up" is not expected here'],
    ['{a=~"("}', 'missing closing )'],
    ['{a="b"} |= ', 'the query ends too early'],
  ])('refuses %s', (expr, message) => {
    expect(parseLogql(expr).problems[0]?.message).toContain(message);
  });

  it('gives the stream selectors', () => {
    expect(parseLogql('count_over_time({job="a", b!~"c"}[5m])').selectors).toEqual([
      {
        matchers: [
          { label: 'job', op: '=', value: 'a' },
          { label: 'b', op: '!~', value: 'c' },
        ],
        span: [16, 33],
      },
    ]);
  });
});
