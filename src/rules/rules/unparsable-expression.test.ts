import { describe, expect, it } from 'vitest';
import { composeOf, prometheus, told } from '../test-support.ts';
import { unparsableExpression } from './unparsable-expression.ts';

const check = (expr: string, service = prometheus): string[] =>
  told(unparsableExpression, {
    'docker-compose.yml': composeOf({ prometheus: `${service}\n  - ./a.yml:/etc/prometheus/a.yml` }),
    'prometheus.yml': 'rule_files: [a.yml]\n',
    'a.yml': `groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: ${expr}\n`,
  });

describe('rules/unparsable-expression', () => {
  it.each(['up == 0', 'absent(up{job="a"})', '|\n          rate(a[5m])\n          > 1'])(
    'is silent about %j',
    (expr) => {
      expect(check(expr)).toEqual([]);
    },
  );

  it.each([
    [
      'up ==',
      /^error a.yml:5 The expression of "A" does not parse: the expression ends too early, so Prometheus refuses/,
    ],
    ['up[5m]', /^error a.yml:5 The expression of "A" gives a range vector, so every evaluation fails$/],
    ['limitk(1, up) > 0', /uses the aggregation "limitk", which Prometheus 2.47 does not know/],
    ['|\n          sum(up)\n          > bar(1)', /^error a.yml:7 .*there is no function "bar"/],
    ['""', /^error a.yml:5 .*the expression is empty/],
  ])('finds %j', (expr, expected) => {
    expect(check(expr)).toEqual([expect.stringMatching(expected)]);
  });

  it.each(['v3.1.0', 'v2.54.1', 'latest'])('leaves newer functions to a server of %s', (tag) => {
    expect(check('limitk(1, up) > 0', prometheus.replace('v2.47.0', tag))).toEqual([]);
  });
});
