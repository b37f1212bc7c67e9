import { durationSeconds } from '../../model/duration.ts';
import type { PrometheusConfig } from '../../model/prometheus.ts';
import type { Stack } from '../../model/stack.ts';
import { flagValue } from '../../read/flags.ts';

/** What Prometheus keeps where no flag says another (https://prometheus.io/docs/prometheus/2.47/storage/). */
const byDefault = 15 * 86_400;

/** Seconds that a server keeps its samples; endless where only their size is limited, or where it reads elsewhere too. */
export function retentionOf(stack: Stack, { service, value }: PrometheusConfig): number {
  const server = stack.services.find((one) => one.name === service);
  if (server === undefined || value['remote_read'] !== undefined) return Number.POSITIVE_INFINITY;
  const time = flagValue(server, 'storage.tsdb.retention.time') ?? flagValue(server, 'storage.tsdb.retention');
  if (time !== undefined) return durationSeconds(time.value) || Number.POSITIVE_INFINITY;
  return flagValue(server, 'storage.tsdb.retention.size') === undefined ? byDefault : Number.POSITIVE_INFINITY;
}
