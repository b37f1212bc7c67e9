import type { FindingDraft } from '../../model/finding.ts';
import type { PipelineJob } from '../../model/pipeline.ts';
import { isMapping, listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { whyNever } from './pipeline-conditions.ts';

const conditions = ['if', 'changes', 'exists'];

/**
 * The first entry of `rules` that matches decides, and one without a condition always matches
 * (https://docs.gitlab.com/ci/yaml/#rules).
 */
export const deadRule = defineRule({
  id: 'ci/dead-rule',
  severity: 'warning',
  over: 'pipeline-job',
  claim: 'Every entry of the rules of a job can match in some pipeline.',
  check: (job) => {
    const entries = listAt(job.value, 'rules');
    const end = entries.findIndex((entry) => isMapping(entry) && !conditions.some((key) => key in entry));
    const reached = end === -1 ? entries : entries.slice(0, end + 1);
    const behind = end === -1 || end === entries.length - 1 ? [] : [unreached(job, entries[end], end)];
    return [...reached.flatMap((entry, index) => impossible(job, entry, index)), ...behind];
  },
});

function impossible(job: PipelineJob, entry: unknown, index: number): FindingDraft[] {
  const condition = textValue(entry, 'if');
  const why = condition === undefined ? undefined : whyNever(condition);
  if (why === undefined) return [];
  return [
    {
      at: job.placeOf('rules', index, 'if'),
      message: `The rule of job "${job.name}" matches in no pipeline, for ${why}, so it decides nothing`,
      hint: 'Ask for what can be true at once, in rules of their own where either will do',
      facts: { job: job.name, entry: index },
    },
  ];
}

function unreached(job: PipelineJob, entry: unknown, end: number): FindingDraft {
  const never = textValue(entry, 'when') === 'never';
  const follows = never && end === 0 ? 'so the job never runs' : 'so they decide nothing';
  return {
    at: job.placeOf('rules', end + 1),
    message: `The rules of job "${job.name}" behind one without a condition are never asked, ${follows}`,
    related: [{ at: job.placeOf('rules', end), note: 'this one always matches' }],
    hint: 'Put the rule without a condition last',
    facts: { job: job.name, entry: end },
  };
}
