import { describe, expect, it } from 'vitest';
import { parsePromql } from './promql.ts';

const problemsOf = (expr: string): string[] => parsePromql(expr).problems.map((problem) => problem.message);

describe('parsePromql', () => {
  it.each([
    'up',
    'sum by (job) (rate(http_requests_total{code=~"5.."}[5m])) / on(job) group_left(team) sum by (job, team) (up) > bool 0.5',
    'topk(5, x)',
    'histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m])))',
    'label_replace(up, "a", "$1", "b", "(.*)")',
    'label_join(up, "a", ",")',
    'label_join(up, "a", ",", "b", "c", "d")',
    'round(x)',
    'round(x, 0.1)',
    'hour()',
    'time() - 5',
    '1 + 2',
    '1 < bool 2',
    'foo offset -1h',
    'foo{a="b"} @ end()',
    'foo[5m] offset 1h @ start()',
    'max_over_time(rate(x[5m])[1h:1m])',
    'max_over_time(rate(x[5m])[1h:])',
    'holt_winters(x[5m], 0.5, 0.5)',
    '{__name__=~"job:.*"}',
    'count_values("version", build_info)',
    'x > 5.',
    'x{a="}"} or {b="foo(1)"}',
    'x # foo(1)',
    'a or vector(0)',
    'a and on() b',
    '-foo ^ 2 % 3',
    'absent(up{job="x"}) == 1',
    '(up)',
    'sum(x) without (a)',
    'quantile(0.9, x) by (a)',
    'avg_over_time(node_load1{instance="a\\\\.b"}[5m])',
    "x{a='b\\'c'}",
    'x{a=`b\\d`}',
    'predict_linear(node_filesystem_free_bytes[1h], 4 * 3600) < 0',
    'rate(x[5m]) * on(a) group_left() b',
    'sum',
    'by + on_call and offset offset -5m',
    'x{and="1", sum=~"(?P<n>a)(?P<n>b)"}',
    'sum by (bool, start, inf_x,) (x)',
    'x[5m s1m]',
    'x @ start()[5m]',
    'max_over_time(x[1h:] offset 5m @ 0x1F)',
    'x{a=~"[(?<]"} > 017',
    '1 + on() group_left(a) x',
    'Inf > bool -NaN',
    '100 - (avg by (instance) (irate(node_cpu_seconds_total{mode="idle"}[5m])) * 100) > 80',
  ])('accepts %s', (expr) => {
    expect(parsePromql(expr)).toMatchObject({ problems: [], newer: [] });
  });

  it.each([
    ['', 'the expression is empty'],
    ['x offset 0s', '"0s" must be longer than 0'],
    ['x offset 5m [5m]', 'a range stands before its offset'],
    ['x[5m] offset 1m offset 1m', 'an offset is set twice'],
    ['x @ 5 @ 6', '"@" is set twice'],
    ['x @ Inf', 'the timestamp of "@" is out of bounds'],
    ['x @ foo', '"@" needs a timestamp, "start()" or "end()"'],
    ['sum(x,)', 'a comma stands before the closing parenthesis'],
    ['sum by (without) (x)', '"without" is not expected here'],
    ['on + 1', '"on" is not expected here'],
    ['x[1m1h]', '"1m1h" is no duration'],
    ['x[300y]', '"300y" is out of range'],
    ['x > 1e400', '"1e400" is out of range'],
    ['x > 0x', '"0x" is no number'],
    ['x > 5x', '"5x" is neither a number nor a duration'],
    ['x{a="\\777"}', '"\\777" is no escape sequence'],
    ['x{a="\\ud800"}', '"\\ud800" is no escape sequence'],
    ['x{a:b="c"}', '":" is not expected inside braces'],
    ['x{a=b}', 'a label is compared with a text in quotes'],
    ['x é', '"é" is not expected here'],
    ['Rate(x[5m])', 'there is no function "Rate"'],
    [`${'('.repeat(600)}x${')'.repeat(600)}`, 'the expression is nested too deeply to be read'],
    ['sum(up', 'a parenthesis is not closed'],
    ['up ==', 'the expression ends too early'],
    ['a b', '"b" is not expected here'],
    ['foo(bar)', 'there is no function "foo"'],
    ['rate(x)', '"rate" takes a range vector, and this is an instant vector'],
    ['rate(x[5m], 1)', '"rate" takes 1 argument, and here are 2'],
    ['abs(x[5m])', '"abs" takes an instant vector, and this is a range vector'],
    ['sum(x[5m])', '"sum" takes an instant vector, and this is a range vector'],
    ['topk(x)', '"topk" takes 2 arguments, and here is 1'],
    ['sum(1, x)', '"sum" takes 1 argument, and here are 2'],
    ['count_values(1, x)', '"count_values" takes a string, and this is a number'],
    ['histogram_quantile(x, 0.9)', '"histogram_quantile" takes a number, and this is an instant vector'],
    ['round()', '"round" takes 1 to 2 arguments, and here are 0'],
    ['{}', 'the selector needs a matcher that does not match the empty text'],
    ['{a=~".*"}', 'the selector needs a matcher that does not match the empty text'],
    ['x{a=~"("}', 'error parsing regexp: missing closing ): `(`'],
    ['x{a="\\d"}', '"\\d" is no escape sequence'],
    ['x{a="b}', 'the string is not closed'],
    ['x{__name__="y"}', 'the metric name is set twice'],
    ['sum(x)[5m]', 'a range in brackets can only follow a selector'],
    ['sum(x) offset 5m', '"offset" can only follow a selector or a subquery'],
    ['1 == 2', 'a comparison of two numbers needs "bool"'],
    ['a + bool b', '"bool" only goes with a comparison'],
    ['a and 1', 'the operator "and" takes two instant vectors'],
    ['a or on(x) group_left() b', 'the operator "or" takes no grouping'],
    ['a + on(x) 1', 'matching labels only goes between two vectors'],
    ['-"a"', 'a sign does not go with a string'],
    ['a + b[5m]', 'the operator "+" takes numbers and instant vectors, and this is a range vector'],
    ['sum_over_time(a / b[5m:1m])', '"sum_over_time" takes a range vector, and this is an instant vector'],
    ['rate(x[0s])', '"0s" must be longer than 0'],
    ['a / on(x) group_left(x) b', 'the label "x" stands both in "on" and in the grouping'],
    ['x[5m] + 1', 'the operator "+" takes numbers and instant vectors, and this is a range vector'],
  ])('refuses %s', (expr, message) => {
    expect(problemsOf(expr)).toContain(message);
  });

  it.each([
    ['limitk(3, x)', 'the aggregation "limitk"'],
    ['mad_over_time(x[5m])', 'the function "mad_over_time"'],
    ['x[300]', 'a number as a duration ("300")'],
    ['x > 5m', 'a duration as a number ("5m")'],
    ['rate(x[5m * 2])', 'arithmetic in a duration'],
    ['{"foo.bar"}', 'a label name in quotes'],
    ['x{a=~"(?<n>b)"}', 'a group named "(?<…>" in a regular expression'],
  ])('tells that %s needs a later version', (expr, message) => {
    expect(parsePromql(expr)).toMatchObject({ problems: [], newer: [{ message }] });
  });

  it('gives what a query reads', () => {
    const { selectors, type } = parsePromql('rate(a{b="c", d!~"e"}[5m]) / {__name__="f"}');
    expect(type).toBe('vector');
    expect(selectors).toMatchObject([
      {
        metric: 'a',
        matchers: [
          { label: 'b', op: '=', value: 'c' },
          { label: 'd', op: '!~', value: 'e' },
        ],
        span: [5, 21],
        rangeSeconds: 300,
      },
      { metric: 'f', span: [29, 43] },
    ]);
  });

  it.each([
    ['1', 'scalar'],
    ['"a"', 'string'],
    ['x[5m]', 'matrix'],
    ['scalar(x) + 1', 'scalar'],
    ['x + 1', 'vector'],
  ])('gives the type of %s', (expr, type) => {
    expect(parsePromql(expr).type).toBe(type);
  });
});
