import { describe, expect, it } from 'vitest';
import type { PrometheusConfig } from '../../model/prometheus.ts';
import { alertRules } from '../../model/prometheus.ts';
import type { Texts } from '../test-support.ts';
import { faultLines, oneStack, written } from '../test-support.ts';
import { splitAddress } from './scrape.ts';

const rules = 'groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: up == 0\n';

function read(config: string, texts: Texts = {}, service = ''): PrometheusConfig {
  const compose = `services:\n  p:\n    image: prom/prometheus\n    volumes: ["./prom:/etc/prometheus"]\n${service}`;
  const [found] = oneStack({ 'compose.yml': compose, 'prom/prometheus.yml': config, ...texts }).stack.prometheus;
  if (found === undefined) throw new Error('no Prometheus was found');
  return found;
}

describe('the configuration file', () => {
  it.each([
    ['', 'prom/prometheus.yml'],
    ['    command: --config.file=/etc/prometheus/other.yml\n', 'prom/other.yml'],
    ['    command: ["--config.file", "/etc/prometheus/./other.yml"]\n', 'prom/other.yml'],
    ['    command: --config.file=/elsewhere/other.yml\n', undefined],
    ['    command: --config.file=/etc/prometheus/nowhere.yml\n', undefined],
  ])('is found with %j', (service, file) => {
    expect(read('', { 'prom/other.yml': '{}' }, service).file).toBe(file);
  });

  it('has the documented defaults', () => {
    expect(read('')).toMatchObject({ scrapeInterval: 60, evaluationInterval: 60, scrapeJobs: [], ruleGroups: [] });
  });

  it('is empty where there is none', () => {
    const { stack } = oneStack({ 'compose.yml': 'services:\n  p:\n    image: prom/prometheus\n' });
    expect(stack.prometheus).toMatchObject([{ service: 'p', value: {}, scrapeJobs: [] }]);
  });
});

describe('scrape jobs', () => {
  it('take intervals from the job, the globals, the defaults', () => {
    const config = read(`global: {scrape_interval: 1h30m, scrape_timeout: 20s, external_labels: {site: 1}}
scrape_configs:
  - job_name: a
  - {job_name: b, scrape_interval: 5s, metrics_path: /m, scheme: https, relabel_configs: [{action: keep}]}
  - {job_name: c, scrape_timeout: 3s, file_sd_configs: [{files: [x]}], dns_sd_configs: []}
`);
    expect(config.externalLabels).toEqual({ site: '1' });
    expect(config.scrapeJobs).toMatchObject([
      { name: 'a', interval: 5400, timeout: 20, metricsPath: '/metrics', scheme: 'http', relabelled: false },
      { name: 'b', interval: 5, timeout: 5, metricsPath: '/m', scheme: 'https', relabelled: true, discovery: [] },
      { name: 'c', interval: 5400, timeout: 3, discovery: ['file_sd_configs'] },
    ]);
  });

  it('take the targets of files that are there', () => {
    const job = (files: string): string => `scrape_configs: [{job_name: a, file_sd_configs: [{files: [${files}]}]}]`;
    const texts = {
      'prom/t/a.json': '[{"targets": ["one:1"], "labels": {"x": "y"}}]',
      'prom/t/b.yml': '- targets: [two:2]',
    };
    const jobOf = (files: string) => read(job(files), texts).scrapeJobs[0];
    expect(jobOf('t/a.json')).toMatchObject({
      filesRead: true,
      targets: [{ address: 'one:1', labels: { x: 'y' }, at: { file: 'prom/t/a.json', pointer: [0, 'targets', 0] } }],
    });
    expect(jobOf('t/*.yml')).toMatchObject({ filesRead: false, targets: [{ address: 'two:2' }] });
    expect(jobOf('t/c.yml')).toMatchObject({ filesRead: false, targets: [] });
  });

  it('list every static target with its place', () => {
    const text =
      'scrape_configs:\n  - job_name: a\n    static_configs:\n      - targets: [one:1, "two"]\n        labels: {x: y}\n';
    const config = read(text);
    expect(config.scrapeJobs[0]?.targets).toMatchObject([
      { address: 'one:1', host: 'one', port: 1, labels: { x: 'y' } },
      {
        address: 'two',
        host: 'two',
        port: 80,
        at: { pointer: ['scrape_configs', 0, 'static_configs', 0, 'targets', 1] },
      },
    ]);
  });

  it('come from scrape_config_files too', () => {
    const more = { 'prom/more/a.yml': 'scrape_configs:\n  - job_name: more\n' };
    expect(read('scrape_config_files: ["more/*.yml"]\n', more).scrapeJobs).toMatchObject([
      { name: 'more', at: { file: 'prom/more/a.yml' } },
    ]);
  });

  it.each([
    'scrape_configs: 1',
    'scrape_configs: [1, null, {}]',
    'scrape_configs: [{static_configs: [1, {targets: x}]}]',
  ])('survive odd shapes: %s', (text) => {
    expect(read(text).scrapeJobs.flatMap((job) => job.targets)).toEqual([]);
  });

  it.each([
    ['a', 'http', 'a', 80],
    ['a', 'https', 'a', 443],
    ['a:9100', 'http', 'a', 9100],
    ['10.0.0.1:9100', 'http', '10.0.0.1', 9100],
    ['[::1]:9100', 'http', '::1', 9100],
    ['https://a.example/path?x', 'http', 'a.example', 443],
    ['http://u:p@a:8080/', 'http', 'a', 8080],
    ['a:b:c', 'http', 'a:b:c', 80],
  ])('split %s (%s)', (address, scheme, host, port) => {
    expect(splitAddress(address, scheme)).toEqual({ host, port });
  });
});

describe('rule files', () => {
  it.each([
    ['rules.yml', ['prom/rules.yml']],
    ['/etc/prometheus/rules.yml', ['prom/rules.yml']],
    ['rules/*.yml', ['prom/rules/a.yml', 'prom/rules/b.yml']],
    ['rules/[a].yml', ['prom/rules/a.yml']],
    ['*.yml', ['prom/prometheus.yml', 'prom/rules.yml']],
    ['nowhere/*.yml', []],
    ['nowhere.yml', []],
    ['/elsewhere/*.yml', []],
  ])('%s', (pattern, paths) => {
    const files = {
      'prom/rules.yml': rules,
      'prom/rules/a.yml': rules,
      'prom/rules/b.yml': rules,
      'prom/rules/sub/c.yml': rules,
    };
    expect(read(`rule_files: ["${pattern}"]\n`, files).ruleFiles.map((entry) => entry.paths)).toEqual([paths]);
  });

  it('that two patterns match are read once', () => {
    const config = read('rule_files: [rules.yml, "ru*.yml"]\n', { 'prom/rules.yml': rules });
    expect(config.ruleGroups.length).toBe(1);
  });

  it('behind a deeper mount hide those of the folder', () => {
    const { stack } = oneStack({
      'compose.yml':
        'services:\n  p:\n    image: prom/prometheus\n    volumes: ["./prom:/etc/prometheus", "./other.yml:/etc/prometheus/rules.yml"]\n',
      'prom/prometheus.yml': 'rule_files: ["r*.yml"]\n',
      'prom/rules.yml': rules,
      'other.yml': rules,
    });
    expect(stack.prometheus[0]?.ruleFiles[0]?.paths).toEqual(['other.yml']);
  });

  it('give groups and rules with the places of their expressions', () => {
    const text = `groups:
  - name: g
    interval: 30s
    rules:
      - alert: A
        expr: |
          up
            == 0
        for: 5m
        labels: {severity: critical, n: 1}
        annotations: {summary: "{{ $value }}"}
      - record: r:x
        expr: sum(x)
      - nonsense: true
      - alert: NoExpr
  - name: h
    rules: [{alert: B, expr: 1}]
`;
    const { stack, repository } = oneStack({
      'compose.yml': 'services:\n  p:\n    image: prom/prometheus\n    volumes: ["./prom:/etc/prometheus"]\n',
      'prom/prometheus.yml': 'global: {evaluation_interval: 10s}\nrule_files: [rules.yml]\n',
      'prom/rules.yml': text,
    });
    const [config] = stack.prometheus;
    const groups = config?.ruleGroups ?? [];
    expect(groups.map((group) => [group.name, group.interval, group.rules.length])).toEqual([
      ['g', 30, 3],
      ['h', 10, 1],
    ]);
    const [a, noExpr, b] = config === undefined ? [] : alertRules(config);
    expect(a).toMatchObject({
      name: 'A',
      for: '5m',
      labels: { severity: 'critical', n: '1' },
      expr: { value: 'up\n  == 0\n' },
    });
    expect(noExpr).toMatchObject({ expr: { value: '' }, for: '0s' });
    expect(b?.expr.value).toBe('1');
    expect(a && written(repository, { ...a.expr.at, span: [5, 7] })).toBe('==');
    expect(groups[0]?.rules[1]?.expr.at.pointer).toEqual(['groups', 0, 'rules', 1, 'expr']);
  });

  it('that do not parse are a fault', () => {
    const { repository } = oneStack({
      'compose.yml': 'services:\n  p:\n    image: prom/prometheus\n    volumes: ["./prom:/etc/prometheus"]\n',
      'prom/prometheus.yml': 'rule_files: [rules.yml]\n',
      'prom/rules.yml': 'groups:\n  - name: g\n   rules: []\n',
    });
    expect(faultLines(repository)).toEqual(['repo/unparsable-yaml prom/rules.yml:3']);
  });
});

describe('alertmanagers', () => {
  it('are listed with their places', () => {
    const text =
      'alerting:\n  alertmanagers:\n    - static_configs:\n        - targets: [a:9093, b:9093]\n    - dns_sd_configs: [x]\n';
    expect(read(text).alertmanagers.map((found) => found.value)).toEqual(['a:9093', 'b:9093']);
  });
});
