import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { stageOf } from './gate-jobs.ts';

/** GitLab refuses a pipeline with a job in a stage that is not declared (https://docs.gitlab.com/ci/yaml/#stages). */
export const undefinedStage = defineRule({
  id: 'ci/undefined-stage',
  severity: 'error',
  over: 'pipeline-job',
  claim: 'The stage of every job is one of the pipeline.',
  check: (job, { pipeline }) => {
    const stage = stageOf(job);
    if (pipeline.stages.includes(stage) || stage.includes('$')) return [];
    // What is included from elsewhere may declare stages, which hold where the files of the repository declare none.
    const unknown = (pipeline.open && pipeline.stagesAt === undefined) || isUnread(job.missing);
    const written = 'stage' in job.value;
    return [
      {
        at: written ? job.placeOf('stage') : job.at,
        ...(unknown ? { severity: 'info' as const } : {}),
        message: `Job "${job.name}" is in stage "${stage}"${written ? '' : ' because it names none'}, which the pipeline does not have, so ${unknown ? 'it has to come from what is included' : 'GitLab refuses the pipeline'}`,
        ...(pipeline.stagesAt === undefined ? {} : { related: [{ at: pipeline.stagesAt, note: 'the stages' }] }),
        hint: `Use one of ${quoteAll(pipeline.stages.slice(1, -1), 8)}, or declare it under "stages"`,
        facts: { job: job.name, stage },
      },
    ];
  },
});

/** A template that the repository does not have may name another stage. */
function isUnread(missing: readonly { readonly kind: string }[]): boolean {
  return missing.some(({ kind }) => kind === 'extends');
}
