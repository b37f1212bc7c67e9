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
    '{a="b"} | regexp `(?P<x>\\d+)` | x > 10 and y <= 5ms or z = 20kB',
    'sum by (x) (bytes_rate({a="b"}[5m]))',
    'absent_over_time({a="b"}[5m])',
    'vector(1)',
  ])('accepts %s', (expr) => {
    expect(parseLogql(expr).problems).toEqual([]);
  });

  it.each([
    ['', 'the query is empty'],
    ['{}', 'the selector needs a matcher'],
    ['{a=~".*"}', 'the selector needs a matcher that does not match the empty text'],
    ['{a="b"', 'the query ends too early'],
    ['rate({a="b"})', '")" is not expected here'],
    ['up', '"up" is not expected here'],
    ['{a=~"("}', 'missing closing )'],
    ['{a="b"} |= ', 'the query ends too early'],
  ])('refuses %s', (expr, message) => {
    expect(parseLogql(expr).problems[0]?.message).toContain(message);
  });

  it.each([
    '{a="b"} | a=5kb',
    '{by="a"}',
    "{a='b'}",
    'sum_over_time({a="b"}[5m])',
    'count_over_time({a="b"} | unwrap x [5m])',
    'rate({a="b"}[5m]) by (x)',
    'topk({a="b"})',
    'topk(rate({a="b"}[5m]))',
    'sum(2, rate({a="b"}[5m]))',
    'sort(rate({a="b"}[5m])) by (x)',
    '1 or rate({a="b"}[5m])',
    '{a="b"} + 1',
    '{a="b"} | pattern "<a><b>"',
    '{a="b"} | regexp "a"',
    '{a="b"} | label_format a=b,a=c',
    '{a="b"} | x=ip("somewhere")',
    '{a="b"} |~ ip("10.0.0.1")',
    '{a="b"} | line_format "{{.x"',
    '{a="b"} | line_format "{{ .x | toUpper }}"',
    '{a="b"} | label_format c="{{ if .x }}y"',
    'rate({a="b"}[5 m])',
    'label_replace(1, "a", "b", "c", "d")',
    '{a="b"} | json a="["',
  ])('refuses %s as Loki does', (expr) => expect(parseLogql(expr).problems).toHaveLength(1));

  it.each([
    'rate(({a="b"})[5m] offset -1h)',
    'rate({a="b"}[5m] | json | unwrap bytes(x))',
    'avg_over_time(({a="b"} | unwrap x) [5m]) by (x)',
    'rate({a="b"}[5m]) > bool 1 and on(a) vector(1)',
    'sum without () (rate({a="b"}[5m])) / ignoring(a) group_left(b) sum(rate({a="b"}[5m]))',
    '{a="b"} | json | drop a, b="c" | keep d',
    '{a="b"} | (a="b" or c>5ms) d<1MB, e=ip("10.0.0.0/8")',
    '{a="b"} |= "x" or "y"',
    'approx_topk(5, rate({a="b"}[5m]))',
  ])('accepts %s as some Loki does', (expr) => expect(parseLogql(expr).problems).toEqual([]));

  it('tells lines from numbers', () => {
    expect(parseLogql('{a="b"} | json').metric).toBe(false);
    expect(parseLogql('sum(rate({a="b"}[5m]))').metric).toBe(true);
    expect(parseLogql('1 + 1').metric).toBe(true);
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
