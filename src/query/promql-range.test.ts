import { describe, expect, it } from 'vitest';
import { treeOf } from './promql.ts';
import { holds, valueRange } from './promql-range.ts';

const inf = Number.POSITIVE_INFINITY;
const rangeOf = (expr: string): readonly number[] | undefined => {
  const tree = treeOf(expr);
  return tree && valueRange(tree);
};

describe('valueRange', () => {
  it.each([
    ['5', [5, 5]],
    ['-(2 + 3)', [-5, -5]],
    ['up', [0, 1]],
    ['avg by (job) (up)', [0, 1]],
    ['sum(up)', [0, inf]],
    ['count(x)', [1, inf]],
    ['absent(x)', [1, 1]],
    ['1 - avg(rate(x[5m]))', [-inf, 1]],
    ['100 * (1 - rate(x[5m]))', [-inf, 100]],
    ['rate(a[5m]) / rate(b[5m])', [-inf, inf]],
    ['rate(a[5m]) / 2', [0, inf]],
    ['hour()', [0, 23]],
    ['rate(container_last_seen[5m])', [0.5, 1.5]],
    ['up == bool 1', [0, 1]],
    ['x > 5', [5, inf]],
    ['5 < x', [5, inf]],
    ['x > 5 and y', [5, inf]],
    ['up or vector(3)', [0, 3]],
    ['clamp(x, 0, 10)', [0, 10]],
    ['clamp_max(rate(x[5m]), 10)', [0, 10]],
    ['quantile(0.5, up)', [0, 1]],
    ['quantile(2, up)', [-inf, inf]],
    ['max_over_time(up[5m:1m])', [0, 1]],
    ['delta(x[5m])', [-inf, inf]],
    ['x ^ 2', [-inf, inf]],
    ['stddev(x) * 0', [0, 0]],
    ['probe_success{job="web"}', [0, 1]],
    ['avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))', [0, 1.1]],
    ['node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes', [0, 1]],
    [
      '(1 - node_filesystem_avail_bytes{fstype!="tmpfs"} / node_filesystem_size_bytes{fstype!="tmpfs"}) * 100',
      [0, 100],
    ],
    ['(node_memory_MemTotal_bytes - node_memory_MemAvailable_bytes) / node_memory_MemTotal_bytes', [0, 1]],
    ['sum by (job) (process_open_fds) / sum by (job) (process_max_fds)', [0, 1]],
    ['sum by (job) (process_open_fds) / sum by (instance) (process_max_fds)', [-inf, inf]],
    ['sum(process_open_fds) / max(process_max_fds)', [-inf, inf]],
    ['node_filesystem_avail_bytes{mountpoint="/"} / node_filesystem_size_bytes{mountpoint="/srv"}', [-inf, inf]],
    ['node_memory_MemFree_bytes / node_memory_SwapTotal_bytes', [-inf, inf]],
    ['node_memory_MemFree_bytes / node_memory_MemTotal_bytes offset 1d', [-inf, inf]],
    ['sum(node_filesystem_files_free) / on () group_left () sum(node_filesystem_files)', [-inf, inf]],
  ])('%s', (expr, expected) => {
    expect(rangeOf(expr)).toEqual(expected);
  });
});

describe('holds', () => {
  it.each([
    ['>', [0, 1], [1, 1], 'never'],
    ['>=', [0, 1], [1, 1], 'sometimes'],
    ['>=', [0, 1], [0, 0], 'always'],
    ['<', [1, inf], [1, 1], 'never'],
    ['<=', [0, 1], [1, 1], 'always'],
    ['==', [0, 1], [2, 2], 'never'],
    ['==', [1, 1], [1, 1], 'always'],
    ['!=', [1, 1], [1, 1], 'never'],
    ['!=', [0, 1], [2, 2], 'always'],
    ['and', [0, 1], [2, 2], 'sometimes'],
  ] as const)('%s of %j and %j: %s', (op, left, right, expected) => {
    expect(holds(op, left, right)).toBe(expected);
  });
});
