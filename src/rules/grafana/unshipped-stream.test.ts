import { describe, expect, it } from 'vitest';
import { composeOf, told } from '../test-support.ts';
import { unshippedStream } from './unshipped-stream.ts';

const promtail = (stages: string): string => `clients: [{url: 'http://loki:3100/loki/api/v1/push'}]
scrape_configs:
  - job_name: a
    static_configs: [{labels: {job: system, __path__: /var/log/*.log}}]
    pipeline_stages: [${stages}]
`;

function toldOf(
  expr: string,
  { stages = '', loki = '', more = {} }: { stages?: string; loki?: string; more?: object } = {},
) {
  const services = {
    loki: `image: grafana/loki:2.9.2\n${loki}`,
    promtail: 'image: grafana/promtail:2.9.2\ncommand: -config.file=/etc/p.yml\nvolumes: ["./p.yml:/etc/p.yml:ro"]',
    grafana: 'image: grafana/grafana:10.2.0\nvolumes: ["./g:/etc/grafana/provisioning:ro", "./d:/d:ro"]',
    ...more,
  };
  return told(unshippedStream, {
    'compose.yml': composeOf(services),
    'p.yml': promtail(stages),
    'g/datasources/a.yaml': "apiVersion: 1\ndatasources: [{name: L, uid: l, type: loki, url: 'http://loki:3100'}]\n",
    'g/dashboards/a.yaml': 'apiVersion: 1\nproviders: [{name: a, type: file, options: {path: /d}}]\n',
    'd/a.json': JSON.stringify({
      uid: 'a',
      title: 'A',
      panels: [{ id: 1, type: 'logs', title: 'P', datasource: { uid: 'l' }, targets: [{ refId: 'A', expr }] }],
    }),
  });
}

describe('grafana/unshipped-stream', () => {
  it.each([
    ['{job="other"}', {}],
    ['sum(rate({level="error"}[5m]))', {}],
  ])('finds %s', (expr, around) => {
    expect(toldOf(expr, around)).toEqual([expect.stringMatching(/^warning d\/a\.json:1 Panel "P"/)]);
  });

  it.each([
    ['{job="system"}', {}],
    ['{job="$job", filename=~".+"}', {}],
    ['{job="system", gone=""}', {}],
    ['{job="system", gone=~".*"}', {}],
    ['{service_name="x"}', {}],
    ['{stream="stderr"}', { stages: '{docker: {}}' }],
    ['{job="other"}', { stages: '{static_labels: {job: other}}' }],
    ['{country="x"}', { stages: '{geoip: {db: /x, source: ip, db_type: city}}' }],
    ['{job="other"}', { loki: "ports: ['3100:3100']" }],
    ['{job="other"}', { more: { app: 'image: orchard/app:1.0' } }],
  ])('is silent about %s with %j', (expr, around) => {
    expect(toldOf(expr, around)).toEqual([]);
  });
});
