import { describe, expect, it } from 'vitest';
import type { Rule } from '../define-rule.ts';
import { composeOf, prometheus, told } from '../test-support.ts';
import { absentLabel } from './absent-label.ts';
import { disabledCollector } from './disabled-collector.ts';
import { impossibleMatcher } from './impossible-matcher.ts';
import { lostBucket } from './lost-bucket.ts';
import { rawCounter } from './raw-counter.ts';
import { unfitFunction } from './unfit-function.ts';
import { unjoinableVectors } from './unjoinable-vectors.ts';
import { unproducedMetric } from './unproduced-metric.ts';

const exporter = 'image: prom/node-exporter:v1.6.1';
const node = '{ job_name: node, static_configs: [{ targets: ["node-exporter:9100"] }] }';

interface Given {
  readonly jobs?: readonly string[];
  readonly exporter?: string;
  readonly server?: string;
  readonly rest?: string;
  readonly rules?: string;
}

const all: readonly Rule[] = [
  absentLabel,
  disabledCollector,
  impossibleMatcher,
  lostBucket,
  rawCounter,
  unfitFunction,
  unjoinableVectors,
  unproducedMetric,
];

/** What the rules about metrics say of one alert, each with the rule's name and without the place. */
function about(expr: string, given: Given = {}): string[] {
  const { jobs = [node], exporter: service = exporter, server = prometheus, rest = '', rules = '' } = given;
  const texts = {
    'compose.yml': composeOf({
      prometheus: `${server}\n  - ./a.yml:/etc/prometheus/a.yml`,
      'node-exporter': service,
      cadvisor: 'image: gcr.io/cadvisor/cadvisor:v0.47.2',
    }),
    'prometheus.yml': `rule_files: [a.yml]\nscrape_configs:\n${jobs.map((job) => `  - ${job}\n`).join('')}${rest}`,
    'a.yml': `groups:\n  - name: a\n    rules:\n${rules}      - alert: A\n        expr: ${JSON.stringify(expr)}\n`,
  };
  return all.flatMap((rule) =>
    told(rule, texts).map((line) => line.replace(/^(\w+) \S+ /, (_, severity) => `${severity} ${rule.id.slice(6)} `)),
  );
}

describe('silence where a metric may be there', () => {
  it.each<[string, string, Given?]>([
    ['what node_exporter has', 'node_load1 > 4 and on (instance) node_procs_running > 3'],
    ['what depends on the kernel', 'node_memory_Zswap_bytes > 1'],
    ['what Prometheus adds itself', 'scrape_samples_scraped == 0 or ALERTS{alertname="A"} == 1'],
    ['what a rule records', 'a:b > 1', { rules: '      - { record: "a:b", expr: up }\n' }],
    ['an old name beside the new one', 'rate(node_cpu_seconds_total[5m]) > 1 or rate(node_cpu[5m]) > 1'],
    ['another version of the exporter', 'node_future > 1', { exporter: 'image: prom/node-exporter:v1.9.0' }],
    ['an exporter that is built here', 'node_own > 1', { exporter: `${exporter}\nbuild: .` }],
    [
      'the textfile collector',
      'backup_age_seconds > 1',
      { exporter: `${exporter}\ncommand: --collector.textfile.directory=/x` },
    ],
    [
      'a server that others write to',
      'shop_orders > 1',
      { server: prometheus.replace('\n', '\ncommand: --web.enable-remote-write-receiver\n') },
    ],
    ['a server that reads elsewhere', 'up{job="x"} == 0', { rest: 'remote_read: [{ url: "http://x" }]\n' }],
    ['further files of jobs', 'up{job="x"} == 0', { rest: 'scrape_config_files: [x.yml]\n' }],
    [
      'any label of a target file',
      'up{job="x"} == 0',
      { jobs: ['{ job_name: f, file_sd_configs: [{ files: [x.yml] }] }'] },
    ],
    [
      'labels that relabelling makes',
      'up{service="x"} == 0',
      {
        jobs: [
          '{ job_name: d, docker_sd_configs: [{ host: x }], relabel_configs: [{ source_labels: [__meta_docker_container_name], target_label: service }] }',
        ],
      },
    ],
    [
      'federation',
      'up{job="x"} == 0',
      {
        jobs: [
          '{ job_name: f, honor_labels: true, metrics_path: /federate, static_configs: [{ targets: ["x.example:9090"] }] }',
        ],
      },
    ],
    [
      'a collector that a flag turns on',
      'node_systemd_units > 1',
      { exporter: `${exporter}\ncommand: --collector.systemd` },
    ],
    [
      'container labels',
      'container_last_seen{container_label_team="a"} > 1',
      { jobs: ['{ job_name: c, static_configs: [{ targets: ["cadvisor:8080"] }] }'] },
    ],
  ])('%s', (_, expr, given) => {
    const found = about(expr, given).filter((line) => !line.startsWith('info'));
    expect(found.filter((line) => !line.includes('rule file'))).toEqual([]);
  });

  it('says what it cannot tell, once', () => {
    const jobs = [node, '{ job_name: shop, static_configs: [{ targets: ["shop.example:8000"] }] }'];
    expect(about('shop_orders > 1 and shop_customers > 2', { jobs })).toEqual([
      'info unproduced-metric "shop_customers" and "shop_orders": no exporter that is known has them, and what job "shop" scrapes is not described, so whether they are there cannot be told',
    ]);
  });
});

describe('what is wrong', () => {
  it.each<[string, RegExp, Given?]>([
    [
      'shop_orders > 1',
      /^error unproduced-metric Metric "shop_orders" of alert "A" is produced by no scrape job and no rule, so it never fires$/,
    ],
    ['absent(shop_orders)', /^error unproduced-metric .*, so it always fires$/],
    ['node_load5 > 2 unless shop_orders > 1', /^warning unproduced-metric .*that part never has a result/],
    [
      'node_systemd_units > 1',
      /^error disabled-collector .*"systemd", which is off in "node-exporter", so it never fires/,
    ],
    [
      'up{job=~"a|b"} == 0',
      /^error impossible-matcher Matcher "job=~'a\|b'" of metric "up" of alert "A" fits no scrape job, so it never fires/,
    ],
    ['rate(node_cpu_seconds_total{mode="idel"}[5m]) > 1', /^error impossible-matcher .*fits none of its series/],
    ['node_load1{mode="idle"} > 1', /^error absent-label Label "mode" of metric "node_load1"/],
    [
      'sum by (host) (node_load1) > 1',
      /^warning absent-label Label "host" in "sum by" of alert "A" is one that none of its series has/,
    ],
    [
      'node_load1 / node_cpu_seconds_total > 1',
      /^error unjoinable-vectors The sides of "\/" of alert "A" have no labels in common: "cpu" is on one of them alone/,
    ],
    ['rate(node_load1[5m]) > 1', /^warning unfit-function "rate" of metric "node_load1"/],
    ['deriv(node_forks_total[5m]) > 1', /^warning unfit-function .*takes a counter for a gauge/],
    [
      'histogram_quantile(0.9, sum(rate(a_bucket[5m]))) > 1',
      /^error lost-bucket "sum" below "histogram_quantile"/,
      { jobs: ['{ job_name: x, static_configs: [{ targets: ["x.example:1"] }] }'] },
    ],
    ['node_forks_total * 2 > 10', /^warning raw-counter Metric "node_forks_total"/],
    [
      'up{type="total"} == 0',
      /fits no target of any scrape job/,
      { jobs: ['{ job_name: x, static_configs: [{ targets: ["x.example:1"], labels: { type: security } }] }'] },
    ],
  ])('%s', (expr, expected, given) => {
    const found = about(expr, given).filter((line) => !line.startsWith('info'));
    expect(found).toEqual([expect.stringMatching(expected)]);
  });

  it('names the target whose label hides that of the metric', () => {
    const jobs = [node, '{ job_name: x, static_configs: [{ targets: ["x.example:1"], labels: { type: security } }] }'];
    expect(about('logins{type="total",job="x"} > 1', { jobs })).toEqual([
      `error impossible-matcher Matcher "type='total'" of metric "logins" of alert "A" fits no target of job "x", where "type" is "security", so it never fires`,
    ]);
  });
});
