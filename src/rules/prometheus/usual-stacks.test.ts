import { describe, expect, it } from 'vitest';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { runRules } from '../run.ts';
import { composeOf } from '../test-support.ts';
import { prometheusRules } from './index.ts';

interface Stack {
  readonly prometheus: string;
  readonly config?: string;
  readonly others?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

const mount = 'volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml:ro"]';
const pinned = `image: prom/prometheus:v2.47.0\n${mount}`;

/** What the rules of the room say above an info. */
function told({ prometheus, config = 'global: {}\n', others = {}, files = {} }: Stack): string[] {
  const compose = composeOf({ prometheus, ...others });
  const tree = treeOf({ 'compose.yml': compose, 'prometheus.yml': config, ...files });
  return runRules(readRepository(tree), new Date('2026-06-01'), prometheusRules)
    .findings.filter(({ rule, severity }) => rule.startsWith('prometheus/') && severity !== 'info')
    .map(({ rule, severity, file, line }) => `${severity} ${rule} ${file}:${line}`);
}

const scrape = (job: string): string => `scrape_configs:\n  - job_name: a\n${job.replace(/^/gm, '    ').trimEnd()}\n`;

describe('the usual kinds of stacks have nothing to be told of', () => {
  it.each<[string, Stack]>([
    [
      'an image of one’s own making',
      { prometheus: `build: .\nimage: prom/prometheus:v2.47.0\ncommand: [--my-flag]\n${mount}` },
    ],
    ['an image of somebody else', { prometheus: 'image: bitnami/prometheus:2.47.0\ncommand: [--anything=1]' }],
    [
      'a shell that renders the configuration',
      {
        prometheus: `image: prom/prometheus:v2.47.0\nentrypoint: ["sh", "-c", "envsubst < /t.yml > /etc/p.yml && exec prometheus --config.file=/etc/p.yml"]\n${mount}`,
      },
    ],
    [
      'flags from variables',
      {
        prometheus: `image: prom/prometheus:v2.47.0\ncommand: ["--config.file=\${CONFIG:-/etc/prometheus/prometheus.yml}"]\n${mount}`,
      },
    ],
    [
      'flags in one line',
      {
        prometheus: `image: prom/prometheus:v2.47.0\ncommand: --config.file=/etc/prometheus/prometheus.yml --storage.tsdb.retention.time 30d --web.enable-lifecycle\n${mount}`,
      },
    ],
    [
      'every interface and a password',
      {
        prometheus: `image: prom/prometheus:v2.47.0\ncommand: [--config.file=/etc/prometheus/prometheus.yml, --web.enable-lifecycle, --web.config.file=/etc/prometheus/web.yml]\nports: ["9090:9090"]\n${mount}`,
      },
    ],
    [
      'a newer image with newer flags and keys',
      {
        prometheus: `image: prom/prometheus:v3.1.0\ncommand: [--config.file=/etc/prometheus/prometheus.yml, --web.enable-otlp-receiver]\n${mount}`,
        config: 'otlp: {promote_resource_attributes: [a]}\nglobal: {scrape_protocols: [PrometheusProto]}\n',
      },
    ],
    [
      'an image without a version and newer keys',
      {
        prometheus: `image: prom/prometheus\n${mount}`,
        config: scrape('enable_compression: false\nstatic_configs: [{targets: ["b.example:1"]}]'),
      },
    ],
    [
      'targets in a volume that something else writes',
      {
        prometheus: `${pinned.replace(']', ', "targets:/targets"]')}`,
        config: scrape('file_sd_configs: [{files: [/targets/*.json]}]'),
      },
    ],
    [
      'secrets that git ignores',
      {
        prometheus: `${pinned.replace(']', ', "./secrets:/secrets:ro"]')}`,
        config: scrape(
          'basic_auth: {username: a, password_file: /secrets/b}\nstatic_configs: [{targets: ["b.example:1"]}]',
        ),
        files: { '.gitignore': 'secrets/\n' },
      },
    ],
    [
      'the certificates of the image',
      {
        prometheus: pinned,
        config: scrape(
          'scheme: https\ntls_config: {ca_file: /etc/ssl/certs/ca-certificates.crt}\nstatic_configs: [{targets: ["b.example"]}]',
        ),
      },
    ],
    [
      'a whole probe',
      {
        prometheus: pinned,
        others: { blackbox: 'image: prom/blackbox-exporter:v0.24.0' },
        config: scrape(
          'metrics_path: /probe\nparams: {module: [icmp]}\nstatic_configs: [{targets: [10.0.0.1, "https://a.example/x"]}]\nrelabel_configs:\n  - {source_labels: [__address__], target_label: __param_target}\n  - {target_label: __address__, replacement: "blackbox:9115"}',
        ),
      },
    ],
    [
      'a proxy in front: a path outside and none inside',
      {
        prometheus: `image: prom/prometheus:v2.47.0\ncommand: [--config.file=/etc/prometheus/prometheus.yml, --web.external-url=https://a.example/prom/, --web.route-prefix=/]\n${mount}`,
        config: scrape('static_configs: [{targets: ["localhost:9090"]}]'),
      },
    ],
    [
      'a path inside, and asked there',
      {
        prometheus: `image: prom/prometheus:v2.47.0\ncommand: [--config.file=/etc/prometheus/prometheus.yml, --web.external-url=http://a.example/prom]\n${mount}`,
        config: scrape('metrics_path: /prom/metrics\nstatic_configs: [{targets: ["localhost:9090"]}]'),
      },
    ],
    [
      'an Alertmanager outside with a path',
      {
        prometheus: pinned,
        config:
          'alerting:\n  alertmanagers:\n    - {scheme: https, path_prefix: /am, static_configs: [{targets: [a.example]}]}\n',
      },
    ],
    [
      'meta labels of its own discovery, and what a file may give',
      {
        prometheus: pinned.replace(']', ', "./targets.yml:/etc/prometheus/targets.yml:ro"]'),
        config: scrape(
          'dns_sd_configs: [{names: [tasks.node], type: A, port: 9100}]\nfile_sd_configs: [{files: [/etc/prometheus/targets.yml]}]\nrelabel_configs:\n  - {source_labels: [__meta_dns_name, __meta_anything], target_label: x}',
        ),
        files: { 'targets.yml': '- targets: ["b.example:1"]\n' },
      },
    ],
    [
      'remote storage outside',
      {
        prometheus: pinned,
        config:
          'remote_write:\n  - url: https://prometheus-us-central1.grafana.net/api/prom/push\n    basic_auth: {username: 1, password: b}\n',
      },
    ],
    [
      'numbers and truths as YAML has them',
      {
        prometheus: pinned,
        config:
          'global: {scrape_interval: 0, external_labels: {a: 1, b: true}}\nscrape_configs:\n  - {job_name: 5, honor_labels: yes, sample_limit: 1e3, static_configs: [{targets: [a.example], labels: {n: 1}}]}\n',
      },
    ],
  ])('%s', (_, stack) => expect(told(stack)).toEqual([]));
});

describe('of what the versions change', () => {
  it.each<[string, string, string[]]>([
    ['v2.47.0', 'otlp: {}\n', ['error prometheus/invalid-configuration prometheus.yml:1']],
    ['v2.30.0', 'otlp: {}\n', ['error prometheus/invalid-configuration prometheus.yml:1']],
    ['v3.0.0', 'otlp: {}\n', []],
    ['latest', 'otlp: {}\n', []],
    ['latest', 'global: {scrape_interval: 5 minutes}\n', ['error prometheus/invalid-configuration prometheus.yml:1']],
    ['v3.0.0', 'scrape_configs: {}\n', ['error prometheus/invalid-configuration prometheus.yml:1']],
    ['v3.0.0', 'global: {external_labels: {host.name: a}}\n', []],
  ])('%s reads %j', (version, config, findings) =>
    expect(told({ prometheus: `image: prom/prometheus:${version}\n${mount}`, config })).toEqual(findings),
  );
});
