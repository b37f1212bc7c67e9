/** What follows a flag: nothing (a switch), a text, `host:port`, a number, a duration as Prometheus or as Go writes it, bytes, one of some words. */
export type FlagValue =
  | 'switch'
  | 'text'
  | 'address'
  | 'whole'
  | 'duration'
  | 'go-duration'
  | 'bytes'
  | readonly string[];

/** A flag of a program. `mode` is set where it belongs to the server or the agent alone. */
export interface Flag {
  readonly value: FlagValue;
  readonly mode?: 'server' | 'agent';
  readonly repeatable?: boolean;
  /** Why it should go, and what to write. */
  readonly deprecated?: string;
}

const all = (value: FlagValue): Flag => ({ value });
const server = (value: FlagValue): Flag => ({ value, mode: 'server' });
const agent = (value: FlagValue): Flag => ({ value, mode: 'agent' });

/**
 * The flags of Prometheus 2.47, hidden ones too
 * (https://github.com/prometheus/prometheus/blob/v2.47.0/cmd/prometheus/main.go,
 * https://prometheus.io/docs/prometheus/2.47/command-line/prometheus/).
 */
export const prometheusFlags: Readonly<Record<string, Flag>> = {
  help: all('switch'),
  'help-long': all('switch'),
  'help-man': all('switch'),
  version: all('switch'),
  'write-documentation': all('switch'),
  'config.file': all('text'),
  'web.listen-address': all('address'),
  'web.config.file': all('text'),
  'web.read-timeout': all('duration'),
  'web.max-connections': all('whole'),
  'web.external-url': all('text'),
  'web.route-prefix': all('text'),
  'web.user-assets': all('text'),
  'web.enable-lifecycle': all('switch'),
  'web.enable-admin-api': all('switch'),
  'web.enable-remote-write-receiver': all('switch'),
  'web.console.templates': all('text'),
  'web.console.libraries': all('text'),
  'web.page-title': all('text'),
  'web.cors.origin': all('text'),
  'storage.tsdb.path': server('text'),
  'storage.tsdb.min-block-duration': server('duration'),
  'storage.tsdb.max-block-duration': server('duration'),
  'storage.tsdb.max-block-chunk-segment-size': server('bytes'),
  'storage.tsdb.wal-segment-size': server('bytes'),
  'storage.tsdb.retention': { ...server('duration'), deprecated: 'write "--storage.tsdb.retention.time"' },
  'storage.tsdb.retention.time': server('duration'),
  'storage.tsdb.retention.size': server('bytes'),
  'storage.tsdb.no-lockfile': server('switch'),
  'storage.tsdb.allow-overlapping-blocks': { ...server('switch'), deprecated: 'it has no effect any more' },
  'storage.tsdb.wal-compression': server('switch'),
  'storage.tsdb.wal-compression-type': server(['snappy', 'zstd']),
  'storage.tsdb.head-chunks-write-queue-size': server('whole'),
  'storage.tsdb.samples-per-chunk': server('whole'),
  'storage.agent.path': agent('text'),
  'storage.agent.wal-segment-size': agent('bytes'),
  'storage.agent.wal-compression': agent('switch'),
  'storage.agent.wal-compression-type': agent(['snappy', 'zstd']),
  'storage.agent.wal-truncate-frequency': agent('duration'),
  'storage.agent.retention.min-time': agent('duration'),
  'storage.agent.retention.max-time': agent('duration'),
  'storage.agent.no-lockfile': agent('switch'),
  'storage.remote.flush-deadline': all('duration'),
  'storage.remote.read-sample-limit': server('whole'),
  'storage.remote.read-concurrent-limit': server('whole'),
  'storage.remote.read-max-bytes-in-frame': server('whole'),
  'rules.alert.for-outage-tolerance': server('duration'),
  'rules.alert.for-grace-period': server('duration'),
  'rules.alert.resend-delay': server('duration'),
  'scrape.adjust-timestamps': all('switch'),
  'scrape.timestamp-tolerance': all('go-duration'),
  'scrape.discovery-reload-interval': all('duration'),
  'alertmanager.notification-queue-capacity': server('whole'),
  'alertmanager.timeout': { ...all('text'), deprecated: 'it has no effect any more' },
  'query.lookback-delta': server('duration'),
  'query.timeout': server('duration'),
  'query.max-concurrency': server('whole'),
  'query.max-samples': server('whole'),
  'enable-feature': { ...all('text'), repeatable: true },
  'log.level': all(['debug', 'info', 'warn', 'error']),
  'log.format': all(['logfmt', 'json']),
};

/** The words of `--enable-feature` in 2.47 (https://prometheus.io/docs/prometheus/2.47/feature_flags/). */
export const prometheusFeatures: readonly string[] = [
  'agent',
  'auto-gomaxprocs',
  'exemplar-storage',
  'expand-external-labels',
  'extra-scrape-metrics',
  'memory-snapshot-on-shutdown',
  'native-histograms',
  'new-service-discovery-manager',
  'no-default-scrape-port',
  'otlp-write-receiver',
  'promql-at-modifier',
  'promql-negative-offset',
  'promql-per-step-stats',
  'remote-write-receiver',
];
