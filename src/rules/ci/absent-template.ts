import type { FindingDraft } from '../../model/finding.ts';
import type { Missing, Pipeline } from '../../model/pipeline.ts';
import { defineRule } from '../define-rule.ts';

/**
 * A template that is not there ends the whole pipeline (https://docs.gitlab.com/ci/yaml/#extends,
 * https://docs.gitlab.com/ci/yaml/yaml_optimization/#reference-tags).
 */
export const absentTemplate = defineRule({
  id: 'ci/absent-template',
  severity: 'error',
  over: 'pipeline',
  claim: 'Everything that a job extends or refers to is in the pipeline.',
  check: (pipeline) => pipeline.jobs.flatMap((job) => job.missing.map((missing) => draft(pipeline, job.name, missing))),
});

function draft(pipeline: Pipeline, job: string, { name, kind, at }: Missing): FindingDraft {
  const facts = { job, name };
  if (kind === 'cycle') {
    const message = `Job "${job}" extends "${name}", which leads back to it, so GitLab refuses the pipeline`;
    return { at, message, hint: 'Break the circle', facts };
  }
  const verb = kind === 'extends' ? 'extends' : 'refers to';
  const message = `Job "${job}" ${verb} "${name}", which is not in the pipeline`;
  if (pipeline.open) return { at, severity: 'info', message: `${message} as far as the repository has it`, facts };
  return { at, message: `${message}, so GitLab refuses it`, hint: 'Name a template that is there', facts };
}
