import { describe, expect, it } from 'vitest';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { runRules } from '../run.ts';
import { composeOf, prometheus } from '../test-support.ts';
import { rulesRules } from './index.ts';

/** Rules in the manner of what is published for the usual exporters, each as somebody careful would write it. */
const rules: readonly (readonly [expr: string, wait?: string])[] = [
  ['up == 0', '5m'],
  ['absent(up{job="node"})', '10m'],
  ['absent(up{job="node"} == 1)', '5m'],
  ['count by (job) (up == 0) / count by (job) (up) * 100 > 10', '10m'],
  ['100 * (count(up == 0) by (job) / count(up) by (job)) > 10', '15m'],
  ['avg by (job) (up) < 0.9', '10m'],
  ['sum(up{job="node"}) < 2', '10m'],
  ['count(up{job="etcd"} == 1) < 2', '3m'],
  [
    '(node_filesystem_avail_bytes{fstype!=""} / node_filesystem_size_bytes{fstype!=""} * 100 < 5 and node_filesystem_readonly{fstype!=""} == 0)',
    '30m',
  ],
  [
    'predict_linear(node_filesystem_avail_bytes{fstype!=""}[6h], 24 * 60 * 60) < 0 and node_filesystem_readonly == 0',
    '1h',
  ],
  ['increase(node_network_receive_errs_total[2m]) / increase(node_network_receive_packets_total[2m]) > 0.01', '1h'],
  [
    '(node_timex_offset_seconds > 0.05 and deriv(node_timex_offset_seconds[5m]) >= 0) or (node_timex_offset_seconds < -0.05 and deriv(node_timex_offset_seconds[5m]) <= 0)',
    '10m',
  ],
  ['min_over_time(node_timex_sync_status[5m]) == 0 and node_timex_maxerror_seconds >= 16', '10m'],
  ['node_load1 / on (instance) count by (instance) (node_cpu_seconds_total{mode="idle"}) > 2', '15m'],
  [
    'sum by (instance) (avg_over_time(node_load15[10m])) / count by (instance) (node_cpu_seconds_total{mode="system"}) > 1.5',
    '15m',
  ],
  ['100 - (avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m])) * 100) > 80', '5m'],
  ['(1 - rate(node_cpu_seconds_total{mode="idle"}[2m])) * 100 >= 99', '5m'],
  ['time() - process_start_time_seconds{job="app"} < 600'],
  ['time() - node_textfile_mtime_seconds > 86400', '5m'],
  ['changes(process_start_time_seconds[15m]) > 2'],
  ['resets(app_requests_total[1h]) > 3'],
  [
    'max_over_time(prometheus_notifications_queue_length[5m]) / min_over_time(prometheus_notifications_queue_capacity[5m]) > 0.9',
    '5m',
  ],
  [
    'rate(prometheus_remote_storage_samples_failed_total[5m]) / (rate(prometheus_remote_storage_samples_failed_total[5m]) + rate(prometheus_remote_storage_samples_total[5m])) > 0.01',
    '15m',
  ],
  [
    'prometheus_rule_group_iterations_missed_total - prometheus_rule_group_iterations_missed_total offset 1h > 0',
    '15m',
  ],
  ['count by (job) (changes(process_start_time_seconds[10m]) > 4) / count by (job) (up) >= 0.5', '5m'],
  ['histogram_quantile(0.99, sum by (le, job) (rate(app_request_duration_seconds_bucket[5m]))) > 1', '10m'],
  [
    'sum by (job) (rate(app_requests_total{code=~"5.."}[5m])) / sum by (job) (rate(app_requests_total[5m])) > 0.05',
    '10m',
  ],
  ['probe_ssl_earliest_cert_expiry - time() < 86400 * 14', '1h'],
  ['probe_success == 0', '2m'],
  ['avg_over_time(probe_duration_seconds[5m]) > 1', '5m'],
  ['mysql_global_status_threads_connected / mysql_global_variables_max_connections > 0.8', '5m'],
  ['redis_memory_used_bytes / redis_memory_max_bytes > 0.9 and redis_memory_max_bytes > 0', '5m'],
  ['pg_replication_lag_seconds > 30 and on (instance) pg_replication_is_replica == 1', '2m'],
  ['sum by (datname) (pg_stat_activity_count{datname!~"template.*|postgres"}) > 80', '5m'],
  ['count(count by (version) (app_build_info)) > 1', '1h'],
  ['app_queue_length unless on (instance) app_maintenance == 1 > 100', '5m'],
  ['label_replace(up{job="node"}, "host", "$1", "instance", "(.+):.+") == 0', '5m'],
  ['hour() >= 8 and hour() < 18 and on () vector(1) and on () sum(rate(app_requests_total[5m])) < 1', '10m'],
  [
    'sum by (name) (container_memory_working_set_bytes{name!=""}) / sum by (name) (container_spec_memory_limit_bytes{name!=""} > 0) > 0.9',
    '5m',
  ],
  ['rate(container_cpu_cfs_throttled_periods_total[5m]) / rate(container_cpu_cfs_periods_total[5m]) > 0.25', '15m'],
  ['time() - container_last_seen{name!=""} > 60', '5m'],
  ['avg_over_time((sum(rate(app_errors_total[5m])) / sum(rate(app_requests_total[5m])))[1h:5m]) > 0.01', '5m'],
  ['x != x'],
];

const files = {
  'compose.yml': composeOf({ prometheus: `${prometheus}\n  - ./rules.yml:/etc/prometheus/rules.yml` }),
  'prometheus.yml':
    'global: {scrape_interval: 15s, evaluation_interval: 15s}\nrule_files: [rules.yml]\nscrape_configs: [{job_name: node, static_configs: [{targets: ["192.0.2.7:9100"]}]}, {job_name: other, file_sd_configs: [{files: [x.yml]}]}]\n',
  'rules.yml': JSON.stringify({
    groups: [
      {
        name: 'g',
        rules: rules.map(([expr, wait], index) => ({
          alert: `A${index}`,
          expr,
          ...(wait === undefined ? {} : { for: wait }),
          labels: { severity: 'warning' },
          annotations: {
            summary: 'It is {{ $value | humanize }} since {{ with query "time()" }}{{ . | first | value }}{{ end }}',
          },
        })),
      },
    ],
  }),
};

describe('rules that are well written', () => {
  const { findings } = runRules(readRepository(treeOf(files)), new Date('2026-06-01'), rulesRules);

  it('are met with silence', () => {
    const told = findings.filter(({ severity }) => severity !== 'info');
    expect(told.map(({ rule, message }) => `${rule} ${message}`)).toEqual([]);
  });
});
