import type { FindingDraft } from '../../model/finding.ts';
import type { ScrapeJob } from '../../model/prometheus.ts';
import { matchesWhole } from '../../query/re2.ts';
import { listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

/**
 * `__meta_…` labels are given by the discovery that found the target, and are gone after relabelling
 * (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#relabel_config).
 */
export const foreignMetaLabel = defineRule({
  id: 'prometheus/foreign-meta-label',
  severity: 'error',
  over: 'scrape-job',
  claim: 'A relabelling step reads only meta labels that the discovery of its job gives.',
  check: (job): FindingDraft[] => [
    ...stepFindings(job, 'relabel_configs'),
    ...stepFindings(job, 'metric_relabel_configs'),
  ],
});

function stepFindings(job: ScrapeJob, key: 'relabel_configs' | 'metric_relabel_configs'): FindingDraft[] {
  const gone = key === 'metric_relabel_configs';
  // Files and web services may give labels of any name.
  if (job.discovery.some((kind) => /^(?:file|http)_sd_configs$/.test(kind)) && !gone) return [];
  const steps = listAt(job.value, key);
  const written = new Set(steps.map((step) => textValue(step, 'target_label') ?? ''));
  const given = new Set(job.targets.flatMap(({ labels }) => Object.keys(labels)));
  return steps.flatMap((step, index): FindingDraft[] => {
    const sources = listAt(step, 'source_labels').map(String);
    const foreign = sources.findIndex(
      (name) => name.startsWith('__meta_') && !written.has(name) && !given.has(name) && (gone || !isGiven(job, name)),
    );
    const name = sources[foreign];
    if (name === undefined) return [];
    const pointer = [...(job.at.pointer ?? []), key, index, 'source_labels', foreign];
    const why = gone ? 'is gone when metrics are relabelled' : 'is given by no discovery of the job';
    const drops = sources.length === 1 && dropsEmpty(step);
    const follows = drops ? `so the step drops every ${gone ? 'series' : 'target'}` : 'so it is empty there';
    return [
      {
        at: { ...job.at, pointer },
        message: `"${name}" of job "${job.name}" ${why}, ${follows}`,
        hint: gone
          ? 'Copy the label in "relabel_configs" first'
          : 'Name a label that the job has, or take the step away',
        facts: { job: job.name, label: name },
        ...(drops ? {} : { severity: 'warning' as const }),
      },
    ];
  });
}

/** `__meta_docker_…` comes from `docker_sd_configs`; a few have a name of their own. */
function isGiven(job: ScrapeJob, name: string): boolean {
  return job.discovery.some((key) => name.startsWith(`__meta_${key.replace(/_sd_configs$/, '')}_`));
}

function dropsEmpty(step: unknown): boolean {
  const action = (textValue(step, 'action') ?? 'replace').toLowerCase();
  const matches = matchesWhole(`(?:${textValue(step, 'regex') ?? '(.*)'})`, '');
  return (action === 'keep' && !matches) || (action === 'drop' && matches);
}
