import { noNulls } from '../facts.ts';
import { httpClient, tlsConfig } from '../http-client.ts';
import { labelKey } from '../names.ts';
import { duration, filled, number, oneOf, shown, text, truth, whole } from '../scalars.ts';
import { list, map, type RecordShape, record, type Shape } from '../shape.ts';
import { discoveryKeys, targetGroup } from './discovery.ts';
import { relabelConfigs } from './relabel.ts';
import { headers, remoteRead, remoteWrite } from './remote.ts';
import { limits, scrapeConfigs, urlTargets } from './scrape.ts';

/** Of a path with `*` only the last part may hold it. */
const pattern = text((written) =>
  /^[^*]*(?:\*[^/]*)?$/.test(written)
    ? undefined
    : `is ${shown(written)}, and "*" may stand in the last part of a path alone`,
);

const global = record('the global configuration', {
  scrape_interval: duration(),
  scrape_timeout: duration(),
  evaluation_interval: duration(),
  query_log_file: text(),
  external_labels: map(text(), labelKey),
  ...limits,
});

const alertmanager = (): Shape =>
  httpClient(
    'an Alertmanager configuration',
    {
      scheme: text(),
      path_prefix: text(),
      timeout: duration(),
      api_version: oneOf('v1', 'v2'),
      relabel_configs: relabelConfigs,
      ...discoveryKeys(),
    },
    { check: urlTargets },
  );

const tracing = record(
  'a tracing configuration',
  {
    client_type: oneOf('http', 'grpc'),
    endpoint: filled,
    sampling_fraction: number,
    insecure: truth,
    tls_config: tlsConfig,
    headers,
    compression: oneOf('', 'gzip'),
    timeout: duration(),
  },
  { required: ['endpoint'] },
);

/**
 * `prometheus.yml` as Prometheus 2.47 reads it, strictly: every key, its type and what its loader checks
 * (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/). Names of jobs that are there twice and timeouts
 * over their interval are rules of their own.
 */
export const prometheusConfig: RecordShape = record('the configuration of Prometheus', () => ({
  global,
  rule_files: list(pattern),
  scrape_config_files: list(pattern),
  scrape_configs: scrapeConfigs(),
  alerting: record('the alerting configuration', () => ({
    alert_relabel_configs: relabelConfigs,
    alertmanagers: list(alertmanager(), noNulls),
  })),
  remote_write: remoteWrite,
  remote_read: remoteRead,
  storage: record('the storage configuration', {
    tsdb: record('the configuration of the database', { out_of_order_time_window: duration() }),
    exemplars: record('the configuration of exemplars', { max_exemplars: whole() }),
  }),
  tracing,
}));

/** A file that `scrape_config_files` names. */
export const scrapeConfigFile: RecordShape = record('a file of scrape jobs', () => ({
  scrape_configs: scrapeConfigs(),
}));

/** A file that `file_sd_configs` names. */
export const targetFile: Shape = list(targetGroup, noNulls);
