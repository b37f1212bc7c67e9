import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import type { Pipeline, PipelineJob } from '../../model/pipeline.ts';
import type { CiFile } from '../../model/repository.ts';
import { isMapping, textValue } from '../../read/values.ts';
import { globalShapes, jobShape } from '../../schema/gitlab-ci.ts';
import { problemsOf, type ShapeProblem } from '../../schema/problems.ts';
import { defineRule } from '../define-rule.ts';

const begins = ['script', 'run', 'trigger', 'release', 'pages'];

/**
 * GitLab reads the keywords of a pipeline strictly: one that it does not know, or a value of the wrong kind, and nothing runs
 * (https://docs.gitlab.com/ci/yaml/). A key that resembles none may be younger than this rule, so that is a warning.
 */
export const invalidConfiguration = defineRule({
  id: 'ci/invalid-configuration',
  severity: 'error',
  over: 'pipeline',
  claim: 'Every keyword of the pipeline is one that GitLab knows, with a value that it takes.',
  check: (pipeline, { repository }) => [
    ...repository.ci.filter(({ file }) => inPipeline(pipeline, file)).flatMap(globals),
    ...pipeline.jobs.flatMap((job) => [
      ...problemsOf(jobShape, job.value)
        .filter((problem) => !isFilledIn(job.value, problem))
        .map((problem) => draft(problem, placeOf(job, problem))),
      ...idle(pipeline, job),
    ]),
  ],
});

/** A child pipeline's own files are looked at with the jobs that they write. */
function inPipeline(pipeline: Pipeline, file: string): boolean {
  return pipeline.file === file || pipeline.jobs.some(({ written }) => written.some((place) => place.file === file));
}

function globals({ file, value }: CiFile): FindingDraft[] {
  return Object.entries(value ?? {}).flatMap(([key, held]) => {
    const shape = Object.hasOwn(globalShapes, key) ? globalShapes[key] : undefined;
    const problems =
      shape === undefined ? [] : problemsOf(shape, held, [key]).filter((problem) => !isFilledIn(value, problem));
    if (problems.length > 0)
      return problems.map((problem) => draft(problem, { file, pointer: problem.pointer, part: problem.part }));
    const free = shape !== undefined || key.startsWith('.') || ['include', 'spec', 'types'].includes(key);
    if (free || isMapping(held) || held === null) return [];
    return [
      {
        at: { file, pointer: [key], part: 'key' as const },
        message: `"${key}" is neither a keyword nor a job, which is a mapping, so GitLab refuses the pipeline`,
        hint: 'Begin its name with a dot where it is only there for anchors',
        facts: { key },
      },
    ];
  });
}

/** A value that an input of the file takes the place of (https://docs.gitlab.com/ci/inputs/). */
function isFilledIn(value: unknown, { pointer }: ShapeProblem): boolean {
  return pointer.some((_, index) => textValue(value, ...pointer.slice(0, index + 1))?.includes('$[[') === true);
}

function placeOf(job: PipelineJob, { pointer, part, kind }: ShapeProblem): Place {
  if (kind === 'missing-key' && pointer.length === 0) return job.at;
  return { ...job.placeOf(...pointer), part };
}

/** A job without anything to do; a template from elsewhere may give it some. */
function idle(pipeline: Pipeline, job: PipelineJob): FindingDraft[] {
  if (job.hidden || pipeline.open || job.missing.length > 0 || begins.some((key) => key in job.value)) return [];
  return [
    {
      at: job.at,
      message: `Job "${job.name}" has neither "script" nor "trigger", so GitLab refuses the pipeline`,
      hint: 'Give it a script, or begin its name with a dot to make it a template',
      facts: { job: job.name },
    },
  ];
}

function draft({ message, hint, kind }: ShapeProblem, at: Place): FindingDraft {
  const foreign = kind === 'unknown-key' && hint?.startsWith('Write') !== true;
  return {
    at,
    ...(foreign ? { severity: 'warning' as const } : {}),
    message: `${message}, so GitLab refuses the pipeline${foreign ? ' unless it is newer than this rule' : ''}`,
    ...(hint === undefined ? {} : { hint }),
    facts: { kind },
  };
}
