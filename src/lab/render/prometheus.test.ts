import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { type RenderedStack, renderStack } from '../render.ts';

const compose = `
services:
  prometheus: { image: "prom/prometheus:v2.47.0", volumes: ["./prometheus:/etc/prometheus:ro"] }
  node-exporter: { image: "prom/node-exporter:v1.6.1", container_name: nodes }
  grafana: { image: "grafana/grafana:10.2.0", ports: ["3002:3000"] }
`;

function render(
  config: string,
  files: Record<string, string> = {},
  services = compose,
): RenderedStack & { config: unknown; source: string } {
  const tree = treeOf({ 'compose.yml': services, 'prometheus/prometheus.yml': config, ...files });
  const [stack] = readRepository(tree).stacks;
  if (stack === undefined) throw new Error('no stack in the test tree');
  const rendered = renderStack(tree, stack, { project: 'lab', images: {}, helperImage: 'node', labels: {} });
  const source = Buffer.from(rendered.files.get('files/prometheus/prometheus.yml')?.bytes ?? []).toString();
  return { ...rendered, source, config: parseDocument(source).toJS() };
}

describe('scrape targets', () => {
  test('outside the stack go to stand-ins; their instance stays as it was', () => {
    const { config, standIns, leftOutside } = render(`
scrape_configs:
  - job_name: mixed
    static_configs:
      - targets: [localhost:9090, nodes:9100, 10.0.0.80:9100, db.example.org]
        labels: { env: prod }
      - targets: ['host.docker.internal:9100']
        labels: { instance: server-84 }
`);
    expect(config).toMatchObject({
      scrape_configs: [
        {
          static_configs: [
            { targets: ['localhost:9090', 'nodes:9100'], labels: { env: 'prod' } },
            { targets: ['outside-10-0-0-80:9100'], labels: { env: 'prod', instance: '10.0.0.80:9100' } },
            { targets: ['outside-db-example-org:10080'], labels: { env: 'prod', instance: 'db.example.org:80' } },
            { targets: ['outside-host-docker-internal:9100'], labels: { instance: 'server-84' } },
          ],
        },
      ],
    });
    expect(standIns.map((one) => one.original)).toEqual([
      '10.0.0.80:9100',
      'db.example.org:80',
      'host.docker.internal:9100',
    ]);
    expect(leftOutside).toEqual([]);
  });

  test('over https are asked over http, for a stand-in has no certificate anybody trusts', () => {
    const { config } = render(
      'scrape_configs: [{ job_name: x, scheme: https, static_configs: [{ targets: ["a.example.org"] }] }]',
    );
    expect(config).toMatchObject({
      scrape_configs: [
        {
          static_configs: [
            { targets: ['outside-a-example-org:10443'], labels: { __scheme__: 'http', instance: 'a.example.org:443' } },
          ],
        },
      ],
    });
  });

  test('speak for the container of the stack that they are, or else serve what the stack asks for', () => {
    const { relays } = render(
      `
rule_files: [rules.yml]
scrape_configs:
  - { job_name: node-80, static_configs: [{ targets: ["10.0.0.80:9100"], labels: { instance: s80 } }] }
  - { job_name: dashboards, static_configs: [{ targets: ["10.0.0.84:3002"] }] }
  - { job_name: queue, metrics_path: /m, static_configs: [{ targets: ["10.0.0.80:9101"], labels: { type: t } }] }
`,
      {
        'prometheus/rules.yml':
          'groups: [{ name: a, rules: [{ alert: Down, expr: \'queue_up{type="t",queue="main"} == 0 or rate(queue_failed_total[5m]) > 1 or node_load1 > 4\' }] }]',
      },
    );
    expect(relays.targets.map((target) => [target.address, target.path, target.relay, target.metrics])).toEqual([
      ['outside-10-0-0-80:9100', '/metrics', 'http://node-exporter:9100/metrics', undefined],
      ['outside-10-0-0-84:3002', '/metrics', 'http://grafana:3000/metrics', undefined],
      [
        'outside-10-0-0-80:9101',
        '/m',
        undefined,
        '# TYPE queue_failed_total counter\nqueue_failed_total 0\n# TYPE queue_up gauge\nqueue_up{queue="main"} 1\n',
      ],
    ]);
  });

  test('in files of targets are changed in the files', () => {
    const { files, leftOutside } = render(
      'scrape_configs: [{ job_name: x, file_sd_configs: [{ files: ["targets/*.json"] }] }]',
      {
        'prometheus/targets/a.json': '[{ "targets": ["10.0.0.7:9100"], "labels": { "instance": "seven" } }]',
      },
    );
    const text = Buffer.from(files.get('files/prometheus/targets/a.json')?.bytes ?? []).toString();
    expect(JSON.parse(text)).toEqual([{ targets: ['outside-10-0-0-7:9100'], labels: { instance: 'seven' } }]);
    expect(leftOutside).toEqual([]);
  });

  test('of a probe are the probe’s arguments, and its address is changed in the relabelling', () => {
    const { config } = render(`
scrape_configs:
  - job_name: probe
    static_configs: [{ targets: ["https://shop.example.org/health"] }]
    relabel_configs: [{ target_label: __address__, replacement: "10.0.0.9:9115" }]
`);
    expect(config).toMatchObject({
      scrape_configs: [
        {
          static_configs: [{ targets: ['http://outside-shop-example-org:10443/health'] }],
          relabel_configs: [{ replacement: 'outside-10-0-0-9:9115' }],
        },
      ],
    });
  });
});

describe('other addresses', () => {
  test('an Alertmanager outside is the one of the stack, where it runs one', () => {
    const config =
      'alerting: { alertmanagers: [{ scheme: https, static_configs: [{ targets: ["10.0.0.84:9093", "10.0.0.85:9093"] }] }] }';
    const own = render(config, {}, `${compose}  alertmanager: { image: "prom/alertmanager:v0.26.0" }\n`);
    expect(own.config).toMatchObject({
      alerting: { alertmanagers: [{ scheme: 'http', static_configs: [{ targets: ['alertmanager:9093'] }] }] },
    });
    expect(render(config).config).toMatchObject({
      alerting: {
        alertmanagers: [{ static_configs: [{ targets: ['outside-10-0-0-84:9093', 'outside-10-0-0-85:9093'] }] }],
      },
    });
  });

  test('remote storage, discovery, proxies and tokens lead to stand-ins or nowhere', () => {
    const { config, leftOutside } = render(`
remote_write: [{ url: "https://mimir.example.org/api/v1/push", tls_config: { insecure_skip_verify: true }, proxy_url: "http://proxy:3128" }]
scrape_configs:
  - job_name: consul
    oauth2: { client_id: a, token_url: "https://id.example.org/token", tls_config: { insecure_skip_verify: true } }
    consul_sd_configs: [{ server: "10.0.0.3:8500" }]
    http_sd_configs: [{ url: "http://cmdb.example.org/targets" }]
    docker_sd_configs: [{ host: "unix:///var/run/docker.sock" }]
`);
    expect(config).toEqual(
      expect.objectContaining({
        remote_write: [{ url: 'http://outside-mimir-example-org:10443/api/v1/push' }],
        scrape_configs: [
          {
            job_name: 'consul',
            oauth2: { client_id: 'a', token_url: 'http://outside-id-example-org:10443/token' },
            consul_sd_configs: [{ server: 'outside-10-0-0-3:8500' }],
            http_sd_configs: [{ url: 'http://outside-cmdb-example-org:10080/targets' }],
            docker_sd_configs: [{ host: 'unix:///var/run/docker.sock' }],
          },
        ],
      }),
    );
    expect(leftOutside).toEqual([]);
  });
});

describe('acceleration', () => {
  test('caps intervals, timeouts and the durations of alerts, and never touches a range', () => {
    const rules =
      'groups:\n  # hosts\n  - name: a\n    interval: 30s # slow\n    rules: [{ alert: A, expr: "rate(x[5m]) > 1", for: 10m }]\n';
    const { config, files, differences } = render(
      'global: { scrape_interval: 15s, scrape_timeout: 10s }\nrule_files: [rules.yml]\n' +
        'scrape_configs: [{ job_name: slow, scrape_interval: 1m, scrape_timeout: 30s }, { job_name: fast, scrape_interval: 1s }]',
      { 'prometheus/rules.yml': rules },
    );
    expect(config).toMatchObject({
      global: { scrape_interval: '2s', scrape_timeout: '2s', evaluation_interval: '2s' },
      scrape_configs: [{ scrape_interval: '2s', scrape_timeout: '2s' }, { scrape_interval: '1s' }],
    });
    const rendered = Buffer.from(files.get('files/prometheus/rules.yml')?.bytes ?? []).toString();
    expect(rendered).toBe(
      rules
        .replace('30s', '2s')
        .replace('[{ alert: A, expr: "rate(x[5m]) > 1", for: 10m }]', '[{alert: A, expr: "rate(x[5m]) > 1", for: 2s}]'),
    );
    expect(differences.find((one) => one.file === 'prometheus/rules.yml')).toMatchObject({
      what: 'groups[0].interval',
      from: '30s',
      to: '2s',
    });
  });
});

test('comments stay, and a file that does not parse is booted as it is', () => {
  expect(render('# ours\nglobal:\n  scrape_interval: 15s # as agreed\n').source).toMatch(/^# ours\n.*2s # as agreed/s);
  expect(render('global: [').source).toBe('global: [');
});
