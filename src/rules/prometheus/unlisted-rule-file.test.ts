import { describe, expect, it } from 'vitest';
import { composeOf, prometheus, told } from '../test-support.ts';
import { unlistedRuleFile } from './unlisted-rule-file.ts';

const rule = 'groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: up == 0\n';
const check = (texts: Readonly<Record<string, string>>, services: Readonly<Record<string, string>> = {}): string[] =>
  told(unlistedRuleFile, {
    'docker-compose.yml': composeOf({ prometheus, ...services }),
    'prometheus.yml': 'rule_files: []\n',
    ...texts,
  });

describe('prometheus/unlisted-rule-file', () => {
  it('finds a rule file that nothing reads', () => {
    expect(check({ 'sub/alerts.yml': rule })).toEqual([
      'warning sub/alerts.yml:1 "sub/alerts.yml" is in no "rule_files" of "prometheus.yml", so its 1 alert never fires',
    ]);
  });

  it('finds one that is mounted from elsewhere', () => {
    const mounts = [
      './conf/prometheus.yml:/etc/prometheus/prometheus.yml:ro',
      './alerts/a.yml:/etc/prometheus/a.yml:ro',
    ];
    const compose = composeOf({ prometheus: `image: prom/prometheus:v2.47.0\nvolumes: ${JSON.stringify(mounts)}` });
    const texts = { 'compose.yml': compose, 'conf/prometheus.yml': 'rule_files: [b.yml]\n', 'alerts/a.yml': rule };
    expect(told(unlistedRuleFile, texts).map((line) => line.slice(0, 24))).toEqual(['warning alerts/a.yml:1 "']);
  });

  it.each([
    ['a file of another kind', { 'other.yml': 'groups: 3\n' }, {}],
    ["promtool's tests", { 'test.yml': `${rule}tests:\n  - interval: 1m\n` }, {}],
    [
      'rules of Loki by their queries',
      { 'loki.yml': rule.replace('up == 0', 'count_over_time({a="b"} |= "x" [5m]) > 0') },
      {},
    ],
    [
      'rules that Loki has',
      { 'loki/rules.yml': rule },
      { loki: 'image: grafana/loki:2.9.2\nvolumes: [./loki:/loki/rules]' },
    ],
  ])('is silent about %s', (_, texts, services) => {
    expect(check(texts, services)).toEqual([]);
  });
});
