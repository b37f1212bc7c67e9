import { describe, expect, it } from 'vitest';
import { composeOf, prometheus, told } from '../test-support.ts';
import { constantExpression } from './constant-expression.ts';
import { duplicateAlert } from './duplicate-alert.ts';
import { shortWindow } from './short-window.ts';

const files = (rules: readonly object[], config = '', flag = ''): Record<string, string> => ({
  'compose.yml': composeOf({ prometheus: `${prometheus}\n  - ./rules.yml:/etc/prometheus/rules.yml${flag}` }),
  'prometheus.yml': `rule_files: [rules.yml]\n${config}`,
  'rules.yml': JSON.stringify({ groups: [{ name: 'g', rules }] }),
});

describe('rules/duplicate-alert', () => {
  const two = (one: string, other: string, labels: object = {}): string[] =>
    told(
      duplicateAlert,
      files([
        { alert: 'A', expr: one },
        { alert: 'A', expr: other, labels },
      ]),
    );

  it.each([
    ['a > 1', 'a > 2', { severity: 'critical' }],
    ['up{job="a"} == 0', 'up{job="b"} == 0', {}],
    ['a{d="10"} > 1', 'a{d="20"} > 1', {}],
    ['a > 1', 'b > 1', {}],
  ])('is silent about %s and %s %j', (one, other, labels) => {
    expect(two(one, other, labels)).toEqual([]);
  });

  it.each([
    ['a > 1', 'a  > 1', 'with the same expression'],
    ['rate(a[5m]) > 1', 'rate(a[1h]) > 0.5', 'with another expression'],
    ['a{b="c",d="e"} > 1', '(a{d="e", b="c"}) > 1', 'with the same expression'],
    [
      'sum by (job) (a) > 1',
      'avg by (job) (b) > 2',
      'info rules.yml:1 Alert "A" is there twice, and both rules keep "job" alone',
    ],
    ['sum(a) > 1', 'count(b) > 2', 'with another expression'],
  ])('finds %s and %s', (one, other, expected) => {
    expect(two(one, other)).toEqual([expect.stringContaining(expected)]);
  });
});

describe('rules/constant-expression', () => {
  it.each([
    ['A', 'up == 0', []],
    ['Watchdog', 'vector(1)', []],
    ['DeadMansSwitch', 'vector(1)', []],
    ['A', 'vector(1)', [expect.stringMatching(/^warning .*so it always fires$/)]],
    ['A', 'a > 1 or vector(0)', [expect.stringMatching(/^warning .*so it always fires$/)]],
    ['A', 'up == bool 0', [expect.stringMatching(/^warning .*for every series/)]],
    ['A', 'up >= 0', [expect.stringMatching(/^warning .*holds for every value/)]],
    ['A', 'count(up) > 0', [expect.stringMatching(/^info /)]],
    ['A', 'count(up == 0) > 0', []],
    ['A', 'node_failed', [expect.stringMatching(/^info /)]],
  ])('reads %s with %s', (alert, expr, expected) => {
    expect(told(constantExpression, files([{ alert, expr }]))).toEqual(expected);
  });
});

describe('rules/short-window', () => {
  const jobs = 'scrape_configs: [{job_name: a, scrape_interval: 15s}, {job_name: b, scrape_interval: 60s}]\n';
  const check = (expr: string, config = jobs, flag = '', more: readonly object[] = []): string[] =>
    told(shortWindow, files([{ alert: 'A', expr }, ...more], config, flag));

  it.each([
    ['rate(x[60s]) > 0'],
    ['rate(x{job="b"}[4m]) > 0'],
    ['rate(x{job=~"a.*"}[1m]) > 0'],
    ['max_over_time(rate(x[1m])[5m:1m]) > 0'],
    ['avg_over_time(x[1s]) > 0'],
    ['rate(job:x[1s]) > 0'],
    ['rate(x{job="other"}[1m]) > 0'],
  ])('is silent about %s', (expr) => {
    expect(check(expr)).toEqual([]);
  });

  it('is silent where samples come another way', () => {
    expect(check('rate(x[1s]) > 0', '')).toEqual([]);
    expect(check('rate(x[1s]) > 0', jobs, '\ncommand: [--web.enable-remote-write-receiver]')).toEqual([]);
    expect(check('rate(x[1s]) > 0', jobs, '', [{ record: 'x', expr: 'y' }])).toEqual([]);
  });

  it.each([
    ['rate(x[29s]) > 0', 'looks back 29s at what is scraped every 15s, which does not always hold two samples'],
    ['increase(x{job="b"}[30s]) > 0', 'every 60s, which never holds two samples, so it has no result'],
    ['increase(x{job!="a"}[30s]) > 0', 'every 60s, which never holds two samples, so it has no result'],
    ['rate(x[30s]) > 0', 'info rules.yml:1 "A" looks back less than four scrapes'],
    ['rate(x{job="b"}[3m]) > 0', 'info rules.yml:1 "A" looks back less than four scrapes'],
    ['deriv(sum(x)[5m:4m]) > 0', '"deriv" of a subquery in "A" looks back 300s at a sample every 240s'],
  ])('finds %s', (expr, expected) => {
    expect(check(expr)).toEqual([expect.stringContaining(expected)]);
  });
});
