import { describe, expect, it } from 'vitest';
import { alertmanager, composeOf, prometheus, told } from '../test-support.ts';
import { duplicateJob } from './duplicate-job.ts';
import { duplicateTarget } from './duplicate-target.ts';
import { timeoutOverInterval } from './timeout-over-interval.ts';
import { unreachablePort } from './unreachable-port.ts';

const compose = { 'compose.yml': composeOf({ prometheus }) };
const job = (name: string, rest: string): string => `  - job_name: ${name}\n    ${rest}\n`;
const jobs = (...all: string[]): Record<string, string> => ({
  ...compose,
  'prometheus.yml': `scrape_configs:\n${all.join('')}`,
});
const at = (address: string, labels = ''): string => `static_configs: [{targets: ["${address}"]${labels}}]`;

describe('prometheus/duplicate-job', () => {
  it('finds the second of a name, also in another file', () => {
    const files = {
      'compose.yml': composeOf({ prometheus: 'image: prom/prometheus:v2.47.0\nvolumes: ["./p:/etc/prometheus"]' }),
      'p/prometheus.yml': 'scrape_config_files: [more.yml]\nscrape_configs: [{job_name: a}]\n',
      'p/more.yml': 'scrape_configs: [{job_name: b}, {job_name: a}]\n',
    };
    expect(told(duplicateJob, files)).toEqual([
      'error p/more.yml:1 Job "a" is there twice, so Prometheus refuses the configuration and does not start',
    ]);
  });

  it('leaves other names and none alone', () => {
    expect(told(duplicateJob, jobs(job('a', at('x:1')), job('A', at('x:1')), job('""', ''), job('""', '')))).toEqual(
      [],
    );
  });
});

describe('prometheus/timeout-over-interval', () => {
  it.each([
    ['scrape_configs: [{job_name: a, scrape_interval: 5s}]'],
    ['global: {scrape_interval: 5s}'],
    ['global: {scrape_interval: 20s, scrape_timeout: 20s}'],
    ['global: {scrape_timeout: 30s}\nscrape_configs: [{job_name: a, scrape_interval: 10s}]'],
    ['scrape_configs: [{job_name: a, scrape_interval: 0s, scrape_timeout: 60s}]'],
    ['scrape_configs: [{job_name: a, scrape_interval: 5s, scrape_timeout: soon}]'],
    ['global: {scrape_interval: 0s, scrape_timeout: 30s}'],
  ])('is silent about %s', (text) => {
    expect(told(timeoutOverInterval, { ...compose, 'prometheus.yml': text })).toEqual([]);
  });

  it.each([
    ['global: {scrape_timeout: 2m}', 'The global scrape timeout is "120s" and its interval "60s"'],
    [
      'scrape_configs: [{job_name: a, scrape_interval: 5s, scrape_timeout: 10s}]',
      'The scrape timeout of job "a" is "10s"',
    ],
  ])('finds %s', (text, expected) => {
    const found = told(timeoutOverInterval, { ...compose, 'prometheus.yml': text });
    expect(found).toEqual([expect.stringContaining(`error prometheus.yml:1 ${expected}`)]);
  });
});

describe('prometheus/duplicate-target', () => {
  it.each([
    ['another path', job('a', at('x:1')), job('b', `metrics_path: /m\n    ${at('x:1')}`)],
    ['other parameters', job('a', at('x:1')), job('b', `params: {m: [a]}\n    ${at('x:1')}`)],
    ['a path in a label', job('a', at('x:1')), job('b', at('x:1', ', labels: {__metrics_path__: /m}'))],
    ['a job that relabels', job('a', at('x:1')), job('b', `relabel_configs: [{action: keep}]\n    ${at('x:1')}`)],
    ['another port', job('a', at('x:1')), job('b', at('x:2'))],
  ])('is silent about %s', (_, one, two) => {
    expect(told(duplicateTarget, jobs(one, two))).toEqual([]);
  });

  it.each([
    ['two jobs', jobs(job('a', at('x:1')), job('b', at('x:1'))), 'of job "b" is scraped by job "a" too, so every one'],
    [
      'one job',
      jobs(job('a', 'static_configs: [{targets: ["x:1", "x:1"]}]')),
      'scraped twice, and Prometheus keeps one',
    ],
    [
      'one job with other labels',
      jobs(job('a', 'static_configs: [{targets: ["x:1"]}, {targets: ["x:1"], labels: {l: v}}]')),
      'scraped twice, so every one of its series is counted twice',
    ],
  ])('finds %s', (_, files, expected) => {
    expect(told(duplicateTarget, files)).toEqual([expect.stringContaining(expected)]);
  });
});

describe('prometheus/unreachable-port', () => {
  const check = (target: string, services: Readonly<Record<string, string>>, more = {}): string[] =>
    told(unreachablePort, {
      'compose.yml': composeOf({ prometheus, ...services }),
      'prometheus.yml': `scrape_configs:\n${job('a', at(target))}`,
      ...more,
    });
  const node = 'image: prom/node-exporter:v1.6.1';
  const loki = 'image: grafana/loki:2.9.2\nvolumes: ["./loki.yml:/etc/loki/local-config.yaml"]';

  it.each([
    ['a default port', 'node:9100', { node }],
    ['a port of a flag', 'node:9111', { node: `${node}\ncommand: [--web.listen-address, ":9111"]` }],
    [
      'one of two ports',
      'node:9112',
      { node: `${node}\ncommand: ["--web.listen-address=:1", "--web.listen-address=:9112"]` },
    ],
    ['a script', 'node:9111', { node: `${node}\nentrypoint: /start.sh` }],
    ['a variable', 'node:9111', { node: `${node}\ncommand: ["--web.listen-address=\${WHERE}"]` }],
    ['an image of their own', 'node:9111', { node: `${node}\nbuild: .` }],
    ['the network of the host', 'node:9111', { node: `${node}\nnetwork_mode: host` }],
    ['another product', 'shop:80', { shop: 'image: shop:1' }],
    ['the published port, which is another rule', 'node:9111', { node: `${node}\nports: ["9111:9100"]` }],
    ['the cluster port of Alertmanager', 'am:9094', { am: alertmanager }],
    ['another cluster port', 'am:9093', { am: `${alertmanager}\ncommand: ["--cluster.listen-address=:7000"]` }],
    ['no cluster port', 'am:9093', { am: `${alertmanager}\ncommand: ["--cluster.listen-address="]` }],
    [
      'Grafana by its environment',
      'g:80',
      { g: 'image: grafana/grafana:10.2.0\nenvironment: {GF_SERVER_HTTP_PORT: 80}' },
    ],
  ])('is silent about %s', (_, target, services) => {
    expect(check(target, services)).toEqual([]);
  });

  it('is certain of what is written, and warns of defaults', () => {
    expect(check('node:9100', { node: `${node}\ncommand: [--web.listen-address=:9111]` })).toEqual([
      'error prometheus.yml:3 Target "node:9100" of job "a" has port 9100, and "node" listens on "9111", so nothing answers there',
    ]);
    expect(check('node:9200', { node })).toEqual([expect.stringMatching(/^warning .*listens on "9100"/)]);
    expect(check('loki:3100', { loki }, { 'loki.yml': 'server: {http_listen_port: 3200}\n' })).toEqual([
      expect.stringMatching(/^error .*listens on "3200"/),
    ]);
    expect(check('loki:3100', { loki }, { 'loki.yml': 'server: {http_listen_port: 0}\n' })).toEqual([]);
  });

  it('looks at Alertmanagers too', () => {
    const files = {
      'compose.yml': composeOf({ prometheus, am: alertmanager }),
      'prometheus.yml': 'alerting: {alertmanagers: [{static_configs: [{targets: ["am:9039"]}]}]}\n',
    };
    expect(told(unreachablePort, files)).toEqual([
      expect.stringMatching(/^warning .*Alertmanager "am:9039" has port 9039/),
    ]);
  });
});
