import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { type RenderedStack, renderStack } from '../render.ts';

function render(
  services: string,
  files: Record<string, string> = {},
): RenderedStack & { text: (path: string) => string } {
  const tree = treeOf({ 'compose.yml': `services:\n${services}`, ...files });
  const [stack] = readRepository(tree).stacks;
  if (stack === undefined) throw new Error('no stack in the test tree');
  const rendered = renderStack(tree, stack, { project: 'lab', images: {}, helperImage: 'node', labels: {} });
  return { ...rendered, text: (path) => Buffer.from(rendered.files.get(`files/${path}`)?.bytes ?? []).toString() };
}

describe('Grafana', () => {
  test('fetches no plugin, calls nobody, and signs in at a stand-in', () => {
    const { compose, leftOutside } = render(
      '  g:\n    image: grafana/grafana:10.2.0\n    environment:\n      GF_INSTALL_PLUGINS: clock\n      GF_SERVER_ROOT_URL: http://10.0.0.84:3002\n' +
        '      GF_AUTH_GENERIC_OAUTH_TOKEN_URL: http://10.0.0.84:8180/token\n      GF_AUTH_GENERIC_OAUTH_AUTH_URL: http://10.0.0.84:8180/auth\n',
    );
    expect(compose).toMatchObject({
      services: {
        g: {
          environment: {
            GF_SERVER_ROOT_URL: 'http://10.0.0.84:3002',
            GF_AUTH_GENERIC_OAUTH_TOKEN_URL: 'http://outside-10-0-0-84:8180/token',
            GF_AUTH_GENERIC_OAUTH_AUTH_URL: 'http://10.0.0.84:8180/auth',
            GF_ANALYTICS_REPORTING_ENABLED: 'false',
            GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
          },
        },
      },
    });
    expect(JSON.stringify(compose)).not.toContain('GF_INSTALL_PLUGINS');
    expect(leftOutside).toEqual([]);
  });

  test('keeps every other byte of grafana.ini', () => {
    const ini =
      '; ours\n[smtp]\nhost = smtp.example.org:587\n[database]\ntype = postgres\nhost = 10.0.0.2:5432\n[auth.generic_oauth]\napi_url=http://10.0.0.84:8180/info\nauth_url = http://10.0.0.84:8180/auth\n';
    const rendered = render(
      '  g: { image: "grafana/grafana:10.2.0", volumes: ["./g.ini:/etc/grafana/grafana.ini:ro"] }\n',
      { 'g.ini': ini },
    );
    expect(rendered.text('g.ini')).toBe(
      '; ours\n[smtp]\nhost = outside-smtp-example-org:10587\n[database]\ntype = postgres\nhost = \n[auth.generic_oauth]\napi_url = http://outside-10-0-0-84:8180/info\nauth_url = http://10.0.0.84:8180/auth\n',
    );
    expect(rendered.compose).toMatchObject({
      services: { g: { environment: { GF_DATABASE_TYPE: 'sqlite3', GF_SMTP_SKIP_VERIFY: 'true' } } },
    });
    expect(rendered.leftOutside).toEqual([]);
  });

  test('has datasources and contact points inside the lab', () => {
    const rendered = render(
      '  g: { image: "grafana/grafana:10.2.0", volumes: ["./prov:/etc/grafana/provisioning:ro"] }\n  metrics: { image: "prom/prometheus:v2" }\n',
      {
        'prov/datasources/a.yaml':
          'datasources: [{ name: P, type: prometheus, url: "http://10.0.0.84:9090" }, { name: L, type: loki, url: "http://logs.example.org/loki" }, { name: Own, type: prometheus, url: "http://metrics:9090" }]',
        'prov/alerting/c.yaml':
          'contactPoints: [{ name: on call, receivers: [{ uid: a, type: slack, settings: { url: "https://hooks.slack.com/services/x" } }] }]',
      },
    );
    expect(parse(rendered.text('prov/datasources/a.yaml'))).toMatchObject({
      datasources: [
        { url: 'http://metrics:9090' },
        { url: 'http://outside-logs-example-org:10080/loki' },
        { url: 'http://metrics:9090' },
      ],
    });
    expect(parse(rendered.text('prov/alerting/c.yaml'))).toMatchObject({
      contactPoints: [
        { receivers: [{ settings: { url: 'http://outside-hooks-slack-com:10443/receiver/on%20call/slack/0' } }] },
      ],
    });
    expect(rendered.leftOutside).toEqual([]);
  });

  test.each([
    ['files', './a.yml:/etc/grafana/provisioning/datasources/a.yml'],
    ['folders', './ds:/etc/grafana/provisioning/datasources'],
  ])('has datasources inside the lab where single %s of provisioning are mounted', (_, volume) => {
    const text = 'datasources: [{ name: L, type: loki, url: "http://logs.example.org:3100" }]';
    const rendered = render(`  g: { image: "grafana/grafana:10.2.0", volumes: ["${volume}"] }\n`, {
      'a.yml': text,
      'ds/a.yml': text,
    });
    expect(parse(rendered.text(volume.startsWith('./ds') ? 'ds/a.yml' : 'a.yml'))).toMatchObject({
      datasources: [{ url: 'http://outside-logs-example-org:3100' }],
    });
  });
});

describe('Loki and Promtail', () => {
  test('Loki is ready at once and reports to nobody', () => {
    const rendered = render(
      '  l: { image: "grafana/loki:2.9.2", command: -config.file=/etc/loki/l.yml, volumes: ["./l.yml:/etc/loki/l.yml:ro"] }\n',
      {
        'l.yml':
          'limits_config:\n  retention_period: 1h # short\nruler: { alertmanager_url: "http://10.0.0.84:9093,http://10.0.0.85:9093" }\n',
      },
    );
    expect(parse(rendered.text('l.yml'))).toEqual({
      limits_config: { retention_period: '1h' },
      ruler: { alertmanager_url: 'http://outside-10-0-0-84:9093,http://outside-10-0-0-85:9093' },
      analytics: { reporting_enabled: false },
      ingester: { lifecycler: { min_ready_duration: '0s' } },
    });
  });

  test('Promtail sends to the Loki of the stack, wherever its address comes from', () => {
    const config =
      'clients: [{ url: "http://10.0.0.84:3100/loki/api/v1/push" }]\npositions: { filename: /tmp/p.yaml }\n';
    const services =
      '  l: { image: "grafana/loki:2.9.2" }\n' +
      '  t: { image: "grafana/promtail:2.9.2", command: [-config.file=/etc/promtail/t.yml, "-client.url=https://logs.example.org/push"], environment: { LOKI_URL: "http://10.0.0.84:3100/push" }, volumes: ["./t.yml:/etc/promtail/t.yml:ro"] }\n';
    const rendered = render(services, { 't.yml': config });
    expect(parse(rendered.text('t.yml'))).toEqual({
      clients: [{ url: 'http://l:3100/loki/api/v1/push' }],
      positions: { filename: '/tmp/p.yaml' },
    });
    expect(rendered.compose).toMatchObject({
      services: {
        t: {
          command: ['-config.file=/etc/promtail/t.yml', '-client.url=http://l:3100/push'],
          environment: { LOKI_URL: 'http://l:3100/push' },
        },
      },
    });
    expect(rendered.leftOutside).toEqual([]);
  });
});
