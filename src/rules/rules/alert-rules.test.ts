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
    ['rate(x[30s]) > 0'],
    ['rate(x{job="b"}[2m]) > 0'],
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
  ])('finds %s', (expr, expected) => {
    expect(check(expr)).toEqual([expect.stringContaining(expected)]);
  });
});
