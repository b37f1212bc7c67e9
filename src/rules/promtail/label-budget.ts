import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import { listAt, mappingAt, textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { hasSource, type Job, jobsOf, stagesOf } from './jobs.ts';
import { labelsOf, madeBy } from './stage-names.ts';

const ordinaryLimit = 15;

/** Compose writes ten labels on every container that it makes. */
const composeLabels = 10;

/**
 * Loki refuses a line whose stream has more labels than `max_label_names_per_series`
 * (https://grafana.com/docs/loki/v2.9.x/configure/#limits_config).
 */
export const labelBudget = defineRule({
  id: 'promtail/label-budget',
  severity: 'error',
  over: 'promtail',
  claim: 'No job gives its streams more labels than Loki takes.',
  check: ({ file, service, value }, { stack }) => {
    if (file === undefined) return [];
    const limit = stack.loki.map((loki) => limitOf(loki.value)).reduce((most, one) => Math.max(most, one), 0);
    const most = limit || ordinaryLimit;
    const external = listAt(value, 'clients').flatMap((client) => Object.keys(mappingAt(client, 'external_labels')));
    return jobsOf(value).flatMap((job): FindingDraft[] => {
      const at: Place = { file, pointer: job.pointer };
      const mapped = mapsContainerLabels(job);
      const surely = new Set([...external, ...(labelsOf(job) ?? writtenLabels(job))]);
      const all = new Set([
        ...surely,
        ...stagesOf(job).flatMap((stage) => (isLabels(stage.kind) ? (madeBy(stage) ?? []) : [])),
      ]);
      const count = all.size + (mapped ? composeLabels : 0);
      if (count <= most || dropsLabels(job)) return [];
      const certain = surely.size > most && labelsOf(job) !== undefined;
      return [
        {
          at,
          ...(certain ? {} : { severity: 'warning' as const }),
          message: `Job "${job.name}" gives its streams ${mapped ? 'at least ' : certain ? '' : 'up to '}${count} labels and Loki takes ${most}, so it refuses ${certain ? 'every line' : 'the lines that have them all'}`,
          hint: mapped
            ? 'Map only the labels of containers that a query asks for'
            : 'Leave labels out, or raise limits_config.max_label_names_per_series',
          facts: { service, job: job.name, labels: count, limit: most },
        },
      ];
    });
  },
});

function limitOf(value: unknown): number {
  const written = valueAt(value, 'limits_config', 'max_label_names_per_series');
  return typeof written === 'number' ? written : ordinaryLimit;
}

function isLabels(kind: string): boolean {
  return kind === 'labels' || kind === 'static_labels';
}

/** Every label of the container's own becomes one of the stream. */
function mapsContainerLabels(job: Job): boolean {
  if (!hasSource(job, 'docker_sd_configs')) return false;
  return listAt(job.value, 'relabel_configs').some(
    (step) =>
      textValue(step, 'action') === 'labelmap' &&
      /^__meta_docker_container_label_\(?\.[+*]\)?$/.test(textValue(step, 'regex') ?? ''),
  );
}

function dropsLabels(job: Job): boolean {
  const steps = listAt(job.value, 'relabel_configs');
  return (
    steps.some((step) => /^label(drop|keep)$/.test(textValue(step, 'action') ?? '')) ||
    stagesOf(job).some(({ kind }) => kind === 'labeldrop' || kind === 'labelallow' || kind === 'pack')
  );
}

function writtenLabels(job: Job): string[] {
  return listAt(job.value, 'relabel_configs')
    .map((step) => textValue(step, 'target_label') ?? '')
    .filter((name) => name !== '' && !name.startsWith('__'));
}
