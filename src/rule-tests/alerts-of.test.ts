import { describe, expect, it } from 'vitest';
import { treeOf } from '../model/tree.ts';
import { readRepository } from '../read/repository.ts';
import { alertsUnderTest, type StackAlert } from './alerts-of.ts';

const compose = `services:
  prometheus:
    image: prom/prometheus:v2.47.0
    command: [--config.file=/etc/prometheus/prometheus.yml]
    volumes: ['./p:/etc/prometheus']
  node-exporter:
    image: prom/node-exporter:v1.6.1
`;
const config = `global: {evaluation_interval: 30s, external_labels: {site: s}}
rule_files: [r.yml]
scrape_configs:
  - {job_name: node, scrape_interval: 20s, static_configs: [{targets: ['node-exporter:9100'], labels: {zone: z}}]}
  - {job_name: found, docker_sd_configs: [{host: 'unix:///var/run/docker.sock'}]}
`;

function alerts(rules: string, server = compose): StackAlert[] {
  const tree = treeOf({ 'compose.yml': server, 'p/prometheus.yml': config, 'p/r.yml': rules });
  return readRepository(tree).stacks.flatMap((stack) => stack.prometheus.flatMap((one) => alertsUnderTest(stack, one)));
}

describe('alerts of a stack', () => {
  it('carry their rule as it is written, with the recording rules they rest on, in order', () => {
    const [alert] = alerts(`groups:
  - name: late
    interval: 1m
    rules:
      - {alert: A, expr: 'b > 1', for: 5m, keep_firing_for: 1h, annotations: {text: '{{ $labels.zone }}'}}
  - name: g
    rules:
      - {record: b, expr: 'sum by (zone) (a)'}
      - {record: other, expr: up}
      - {record: a, expr: 'rate(c_total[5m])'}
`);
    if (alert === undefined || !('under' in alert)) throw new Error('no alert');
    const { under } = alert;
    expect(under).toMatchObject({ name: 'A', for: 300, interval: 60, named: ['zone'], externalLabels: { site: 's' } });
    const { groups } = JSON.parse(under.ruleFile);
    const byName = new Map<string, unknown>(
      groups.map((group: { name: string; rules: unknown[] }) => [group.name, group.rules[0]]),
    );
    expect(under.order.map((name) => byName.get(name))).toEqual([
      { record: 'a', expr: 'rate(c_total[5m])' },
      { record: 'b', expr: 'sum by (zone) (a)' },
      { alert: 'A', expr: 'b > 1', for: '5m', keep_firing_for: '1h', annotations: { text: '{{ $labels.zone }}' } },
    ]);
  });

  it('know the targets, and that a job may find others', () => {
    const [alert] = alerts('groups: [{name: g, rules: [{alert: A, expr: up == 0}]}]');
    expect(alert).toMatchObject({
      under: {
        receives: false,
        targets: [
          {
            labels: { job: 'node', instance: 'node-exporter:9100', zone: 'z' },
            interval: 20,
            product: 'node-exporter',
          },
          { labels: { job: 'found' }, interval: 60 },
        ],
      },
    });
  });

  it('know that a server takes what is pushed', () => {
    const server = compose.replace('prometheus.yml]', 'prometheus.yml, --web.enable-remote-write-receiver]');
    expect(alerts('groups: [{name: g, rules: [{alert: A, expr: up == 0}]}]', server)).toMatchObject([
      { under: { receives: true } },
    ]);
  });

  it('take what a recording rule makes of its own past for a series', () => {
    const [alert] = alerts("groups: [{name: g, rules: [{record: a, expr: 'a + 1 or b'}, {alert: A, expr: a > 1}]}]");
    expect(alert).toMatchObject({ under: { order: ['g'], recorded: new Map() } });
  });

  it('are unreadable where their expression is', () => {
    expect(alerts("groups: [{name: g, rules: [{alert: A, expr: 'up =='}]}]")).toMatchObject([
      { unreadable: 'its expression is not one that Prometheus 2.47 takes' },
    ]);
  });
});
