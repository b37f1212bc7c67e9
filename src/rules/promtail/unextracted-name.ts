import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { jobsOf, stagesOf } from './jobs.ts';
import { labelsOf, madeBy, type Reading, readBy } from './stage-names.ts';

/**
 * A stage takes its value from what earlier stages extracted, and from the labels the line came with; a name that is
 * not there is passed over without a word (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/pipelines/).
 */
export const unextractedName = defineRule({
  id: 'promtail/unextracted-name',
  severity: 'error',
  over: 'promtail',
  claim: 'Every name that a stage of a pipeline reads is one that an earlier stage extracts.',
  check: ({ file, service, value }) => {
    if (file === undefined) return [];
    return jobsOf(value).flatMap((job) => {
      const labels = labelsOf(job);
      if (labels === undefined) return [];
      const known = new Set(labels);
      const drafts: FindingDraft[] = [];
      for (const stage of stagesOf(job)) {
        const lost = readBy(stage).filter(({ name }) => !known.has(name) && !/[${]/.test(name));
        drafts.push(...lost.map((reading) => draft(file, service, job.name, stage.kind, reading)));
        const made = madeBy(stage);
        if (made === undefined) break;
        for (const name of made) known.add(name);
      }
      return drafts;
    });
  },
});

function draft(file: string, service: string, job: string, stage: string, reading: Reading): FindingDraft {
  const { name, pointer, part } = reading;
  return {
    at: { file, pointer, part },
    message: `The "${stage}" stage of job "${job}" reads "${name}", which no earlier stage extracts, so ${consequence(stage)}`,
    hint: 'Extract the name first with a json, logfmt or regex stage, or write the name that is extracted',
    facts: { service, job, stage, name },
  };
}

function consequence(stage: string): string {
  if (stage === 'labels') return 'the label is never there';
  if (stage === 'timestamp') return 'every line keeps the time at which it was read';
  if (stage === 'output') return 'every line stays as it was read';
  if (stage === 'tenant') return 'every line goes to the tenant of the client';
  if (stage === 'metrics') return 'the metric never counts';
  if (stage === 'drop') return 'no line is dropped';
  return 'the stage does nothing';
}
