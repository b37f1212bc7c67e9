import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import { globMatches, isGlob } from '../../read/paths.ts';
import { listAt, mappingAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { type Job, jobsOf, stagesOf } from './jobs.ts';

interface Source {
  readonly job: Job;
  readonly path: string;
  readonly at: Place;
}

const containers = '/var/lib/docker/containers/';

/**
 * Two jobs that tail the same file send its lines twice, as streams of their own
 * (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/scraping/).
 */
export const duplicateSource = defineRule({
  id: 'promtail/duplicate-source',
  severity: 'warning',
  over: 'promtail',
  claim: 'No two jobs of a Promtail read the same lines.',
  check: ({ file, service, value }) => {
    if (file === undefined) return [];
    const sources = jobsOf(value)
      .filter((job) => !chooses(job))
      .flatMap((job) => sourcesOf(job, file));
    return sources.flatMap((source, index): FindingDraft[] => {
      const earlier = sources.slice(0, index).find((one) => one.job !== source.job && overlap(one.path, source.path));
      if (earlier === undefined) return [];
      return [
        {
          at: source.at,
          message: `Job "${source.job.name}" reads "${source.path}", of which job "${earlier.job.name}" reads the same lines, so Loki keeps them twice`,
          related: [{ at: earlier.at, note: 'the other job' }],
          hint: 'Leave it to one job, or shut the other out with __path_exclude__',
          facts: { service, job: source.job.name, path: source.path, other: earlier.job.name },
        },
      ];
    });
  },
});

function sourcesOf(job: Job, file: string): Source[] {
  const paths = listAt(job.value, 'static_configs').flatMap((group, index): Source[] => {
    const labels = mappingAt(group, 'labels');
    const path = textValue(labels, '__path__') ?? '';
    if (path === '' || path.includes('$') || '__path_exclude__' in labels) return [];
    return [{ job, path, at: { file, pointer: [...job.pointer, 'static_configs', index, 'labels', '__path__'] } }];
  });
  const discovered = listAt(job.value, 'docker_sd_configs').flatMap((entry, index): Source[] => {
    // Filters, and steps that keep or drop, choose among the containers.
    if (paths.length > 0 || listAt(entry, 'filters').length > 0) return [];
    return [
      { job, path: `${containers}*/*-json.log`, at: { file, pointer: [...job.pointer, 'docker_sd_configs', index] } },
    ];
  });
  return [...paths, ...discovered];
}

/** Whether a job takes only some of its lines or targets: two of that kind may well share a source. */
function chooses(job: Job): boolean {
  const steps = listAt(job.value, 'relabel_configs');
  return (
    steps.some((step) => /^(keep|drop|keepequal|dropequal|hashmod)$/i.test(textValue(step, 'action') ?? '')) ||
    stagesOf(job).some(({ kind }) => kind === 'drop' || kind === 'match' || kind === 'sampling')
  );
}

function overlap(one: string, other: string): boolean {
  if (one === other) return true;
  if (!isGlob(other)) return isGlob(one) && globMatches(one, other);
  return !isGlob(one) && globMatches(other, one);
}
