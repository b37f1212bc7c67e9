import { describe, expect, it } from 'vitest';
import type { Product } from '../model/stack.ts';
import { catalogueOf, hasLabel, knownMetric, productOfMetric } from './catalog.ts';

const products: readonly Product[] = [
  'prometheus',
  'alertmanager',
  'grafana',
  'loki',
  'promtail',
  'node-exporter',
  'cadvisor',
];

describe.each(products)('the catalogue of %s', (product) => {
  const { metrics, version, own, renamed, groups } = catalogueOf(product);

  it('has names and labels as Prometheus takes them', () => {
    expect(version).toMatch(/^\d+\.\d+$/);
    expect(metrics.size).toBeGreaterThan(20);
    for (const { name, labels } of metrics.values()) {
      expect(name).toMatch(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/);
      for (const label of labels) expect(label).toMatch(/^[a-zA-Z_][a-zA-Z0-9_]*\*?$|^\*$/);
    }
  });

  it('calls renamed what it has under the new name alone', () => {
    const wrong = Object.entries(renamed).filter(
      ([before, now]) => metrics.has(before) || !metrics.has(now) || !own.some((begins) => before.startsWith(begins)),
    );
    expect(wrong).toEqual([]);
  });

  it('has a group for every metric', () => {
    for (const { group } of metrics.values()) expect(groups.has(group), group).toBe(true);
  });
});

describe('metrics', () => {
  it.each([
    ['node_cpu_seconds_total', 'counter', ['cpu', 'mode'], 'cpu'],
    ['node_memory_MemAvailable_bytes', 'gauge', [], 'meminfo'],
    ['node_systemd_unit_state', 'gauge', ['name', 'state', 'type'], 'systemd'],
    ['container_last_seen', 'gauge', ['container_env_*', 'container_label_*', 'id', 'image', 'name'], ''],
    ['prometheus_http_request_duration_seconds_bucket', 'part', ['handler', 'le'], ''],
    ['prometheus_rule_group_duration_seconds', 'summary', ['quantile'], ''],
    ['alertmanager_notifications_failed_total', 'counter', ['integration', 'reason'], ''],
    ['process_start_time_seconds', 'gauge', [], ''],
  ])('%s', (name, kind, labels, group) => {
    expect(knownMetric(name)).toMatchObject({ kind, labels, group });
  });

  it('are told by how they begin', () => {
    expect(['node_x', 'machine_x', 'redis_up', 'go_x'].map(productOfMetric)).toEqual([
      'node-exporter',
      'cadvisor',
      undefined,
      'prometheus',
    ]);
  });

  it('may have labels that nobody can list', () => {
    const metric = knownMetric('container_last_seen');
    const answers = ['name', 'container_label_team', 'pod'].map((label) => metric && hasLabel(metric, label));
    expect(answers).toEqual(['yes', 'perhaps', 'no']);
  });
});
