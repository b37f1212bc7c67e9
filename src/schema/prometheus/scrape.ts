import { noNulls } from '../facts.ts';
import { httpClient } from '../http-client.ts';
import { size } from '../names.ts';
import { duration, filled, shown, text, truth, whole } from '../scalars.ts';
import { list, map, type RecordFault, type Shape } from '../shape.ts';
import { discoveryKeys } from './discovery.ts';
import { relabelConfigs } from './relabel.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** The limits that stand in `global` and in a job. */
export const limits: Readonly<Record<string, Shape>> = {
  body_size_limit: size,
  sample_limit: whole(0),
  target_limit: whole(0),
  label_limit: whole(0),
  label_name_length_limit: whole(0),
  label_value_length_limit: whole(0),
  keep_dropped_targets: whole(0),
};

/** A target is a host and a port; only relabelling may make one of a URL, as for probes. */
export function urlTargets(value: Mapping): RecordFault[] {
  if (Array.isArray(value['relabel_configs']) && value['relabel_configs'].length > 0) return [];
  const groups = Array.isArray(value['static_configs']) ? value['static_configs'] : [];
  return groups.flatMap((group: Mapping | null, outer) => {
    const targets: readonly unknown[] = Array.isArray(group?.['targets']) ? group['targets'] : [];
    return targets.flatMap((target, inner): RecordFault[] =>
      String(target).includes('/')
        ? [
            {
              route: ['static_configs', outer, 'targets', inner],
              wrong: `is ${shown(target)}, and a target is a host with a port and no path`,
              hint: 'Write host:port, and what comes before and behind into "scheme" and "metrics_path"',
            },
          ]
        : [],
    );
  });
}

/** One entry of `scrape_configs` (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#scrape_config). */
const scrapeConfig = (): Shape =>
  httpClient(
    'a scrape job',
    {
      job_name: filled,
      honor_labels: truth,
      honor_timestamps: truth,
      params: map(list(text())),
      scrape_interval: duration(),
      scrape_timeout: duration(),
      scrape_classic_histograms: truth,
      metrics_path: text(),
      scheme: text(),
      ...limits,
      native_histogram_bucket_limit: whole(0),
      relabel_configs: relabelConfigs,
      metric_relabel_configs: relabelConfigs,
      ...discoveryKeys(),
    },
    { required: ['job_name'], check: urlTargets },
  );

/** A list of scrape jobs. */
export const scrapeConfigs = (): Shape => list(scrapeConfig(), noNulls);
