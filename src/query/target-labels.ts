import type { PrometheusConfig, ScrapeJob, ScrapeTarget } from '../model/prometheus.ts';
import { listed } from './member.ts';
import { afterRelabelling, type Relabelling, relabellingOf } from './relabel.ts';
import type { Labels } from './routing.ts';

/** A configured target as Prometheus scrapes it. */
export interface LabelledTarget {
  readonly job: ScrapeJob;
  /** The labels of its samples, as far as the files tell. */
  readonly labels: Labels;
  /** `host:port` that is asked; undefined where relabelling makes it of what is not known. */
  readonly address: string | undefined;
}

/**
 * The configured targets of a server after relabelling; one that is dropped is not among them
 * (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#relabel_config).
 */
export function labelledTargets({ scrapeJobs }: Pick<PrometheusConfig, 'scrapeJobs'>): LabelledTarget[] {
  return scrapeJobs.flatMap((job) => {
    const rules = listed(job.value['relabel_configs']).map(relabellingOf);
    return job.targets.flatMap((target) => labelled(job, target, rules));
  });
}

function labelled(job: ScrapeJob, target: ScrapeTarget, rules: readonly Relabelling[]): LabelledTarget[] {
  const params = Object.entries(mappingOf(job.value, 'params')).flatMap(([name, values]) =>
    listed(values)
      .slice(0, 1)
      .map((value) => [`__param_${name}`, String(value)] as const),
  );
  const before = {
    job: job.name,
    __address__: target.address,
    __scheme__: job.scheme,
    __metrics_path__: job.metricsPath,
    ...Object.fromEntries(params),
    ...target.labels,
  };
  const after = afterRelabelling({ known: new Map(Object.entries(before)), others: false }, rules);
  if (after === undefined) return [];
  const labels = [...after.labels.known].flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return [{ job, labels: Object.fromEntries(labels), address: after.address }];
}

function mappingOf(value: Readonly<Record<string, unknown>>, key: string): object {
  const found = value[key];
  return typeof found === 'object' && found !== null ? found : {};
}
