import type { FindingDraft } from '../../model/finding.ts';
import { jobNamed, type Pipeline, type PipelineJob } from '../../model/pipeline.ts';
import { listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { type Need, needsOf, stageOf } from './gate-jobs.ts';

/**
 * A job can wait only for a job of its own stage or an earlier one, and GitLab makes no pipeline at all where one is
 * needed that is not there (https://docs.gitlab.com/ci/yaml/#needs, https://docs.gitlab.com/ci/yaml/#dependencies).
 */
export const unmetNeed = defineRule({
  id: 'ci/unmet-need',
  severity: 'error',
  over: 'pipeline-job',
  claim: 'Every job that another one needs is in the pipeline, in the same stage or an earlier one.',
  check: (job, { pipeline }) => [
    ...(needsOf(job) ?? []).flatMap((need) => judged(pipeline, job, need, 'needs')),
    ...dependencies(job).flatMap((need) => judged(pipeline, job, need, 'takes the artifacts of')),
  ],
});

function dependencies(job: PipelineJob): Need[] {
  return listAt(job.value, 'dependencies').flatMap((entry, index) => {
    const name = textValue(entry);
    return name === undefined || name.includes('$')
      ? []
      : [{ job: name, optional: false, route: ['dependencies', index] }];
  });
}

function judged(pipeline: Pipeline, job: PipelineJob, need: Need, verb: string): FindingDraft[] {
  const at = job.placeOf(...need.route);
  const facts = { job: job.name, needs: need.job };
  // One job of several that `parallel` makes is named with what tells it apart.
  const target = jobNamed(pipeline, need.job) ?? jobNamed(pipeline, need.job.replace(/(?:: \[.*\]| \d+\/\d+)$/, ''));
  if (target === undefined || target.hidden) {
    if (need.optional) return [];
    const message = `Job "${job.name}" ${verb} "${need.job}", which is no job of the pipeline`;
    if (pipeline.open && target === undefined)
      return [{ at, severity: 'info', message: `${message} as far as the repository has it`, facts }];
    return [{ at, message: `${message}, so GitLab makes none at all`, hint: 'Name a job that is there', facts }];
  }
  if (target.conditional && !job.conditional && !need.optional) {
    return [
      {
        at,
        severity: 'warning',
        message: `Job "${job.name}" ${verb} "${need.job}", whose file is included by a rule, so where the rule does not hold there is no pipeline`,
        related: [{ at: target.at, note: 'the job stands here' }],
        hint: 'Include the file always, or write "optional: true" and mind what is left out',
        facts,
      },
    ];
  }
  const [mine, theirs] = [stageOf(job), stageOf(target)].map((stage) => pipeline.stages.indexOf(stage));
  if (mine === undefined || theirs === undefined || mine < 0 || theirs <= mine) return [];
  return [
    {
      at,
      message: `Job "${job.name}" of stage "${stageOf(job)}" ${verb} "${need.job}" of the later stage "${stageOf(target)}", so GitLab refuses the pipeline`,
      related: [{ at: target.placeOf('stage'), note: 'its stage' }],
      hint: 'Put the job that is needed into an earlier stage',
      facts,
    },
  ];
}
