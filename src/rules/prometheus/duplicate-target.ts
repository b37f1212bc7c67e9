import type { FindingDraft } from '../../model/finding.ts';
import type { ScrapeJob, ScrapeTarget } from '../../model/prometheus.ts';
import { listAt, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

interface Scraped {
  readonly job: ScrapeJob;
  readonly target: ScrapeTarget;
}

/**
 * One address, path and set of parameters scraped twice gives every series twice. Within a job a target whose labels are
 * the same too is kept once (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#static_config).
 * Jobs that relabel may tell the two apart, or never dial the address, and are left alone.
 */
export const duplicateTarget = defineRule({
  id: 'prometheus/duplicate-target',
  severity: 'warning',
  over: 'prometheus',
  claim: 'No address is scraped twice for the same metrics.',
  check: ({ scrapeJobs }) => {
    const first = new Map<string, Scraped>();
    return scrapeJobs
      .filter((job) => !isRelabelled(job))
      .flatMap((job) =>
        job.targets.flatMap((target): FindingDraft[] => {
          const key = endpoint(job, target);
          const other = first.get(key);
          if (other === undefined) first.set(key, { job, target });
          return other === undefined ? [] : [draft({ job, target }, other)];
        }),
      );
  },
});

function isRelabelled(job: ScrapeJob): boolean {
  return job.relabelled || listAt(job.value, 'metric_relabel_configs').length > 0;
}

/** Labels in double underscores change what is asked for; every other label only names the series. */
function endpoint(job: ScrapeJob, target: ScrapeTarget): string {
  const { __scheme__: scheme = job.scheme, __metrics_path__: path = job.metricsPath, ...labels } = target.labels;
  const asked = Object.entries(labels).filter(([name]) => name.startsWith('__param_'));
  const params = JSON.stringify([valueAt(job.value, 'params') ?? {}, asked.sort()]);
  return [scheme, target.host, target.port, path, params].join(' ');
}

function draft({ job, target }: Scraped, other: Scraped): FindingDraft {
  const same = job === other.job && JSON.stringify(target.labels) === JSON.stringify(other.target.labels);
  const where = job === other.job ? 'twice' : `by job "${other.job.name}" too`;
  const follows = same ? 'and Prometheus keeps one of the two' : 'so every one of its series is counted twice';
  return {
    at: target.at,
    message: `Target "${target.address}" of job "${job.name}" is scraped ${where}, ${follows}`,
    related: [{ at: other.target.at, note: 'the same target' }],
    hint: 'Keep one of the two',
    facts: { job: job.name, other: other.job.name, target: target.address },
  };
}
