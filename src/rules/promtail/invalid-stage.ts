import type { FindingDraft } from '../../model/finding.ts';
import type { Pointer } from '../../model/location.ts';
import { isMapping, listAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { expandsVariables } from '../support/unexpanded.ts';
import { isAtMost } from '../support/versions.ts';
import { type Job, jobsOf, serviceOf, stagesOf } from './jobs.ts';
import { stageKeys, stageProblem } from './stage-problem.ts';

/**
 * Promtail builds every pipeline as it starts, and ends with `invalid … stage config` where it cannot
 * (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/stages/).
 */
export const invalidStage = defineRule({
  id: 'promtail/invalid-stage',
  severity: 'error',
  over: 'promtail',
  claim: 'Every stage of a pipeline is one that Promtail can build.',
  check: (promtail, { stack }) => {
    const { file, value } = promtail;
    const service = serviceOf(stack, promtail);
    if (file === undefined || service === undefined) return [];
    const filledIn = expandsVariables(service);
    const outcome = `so Promtail "${service.name}" does not start`;
    return jobsOf(value).flatMap((job): FindingDraft[] => [
      ...shapes(job, file, outcome),
      ...stagesOf(job).flatMap((stage): FindingDraft[] => {
        const { kind, pointer } = stage;
        const facts = { service: service.name, job: job.name, stage: kind };
        if (!stageKeys.has(kind)) {
          const known = isAtMost(service, 2, 9);
          return [
            {
              at: { file, pointer, part: 'key' },
              message: known
                ? `"${kind}" in job "${job.name}" is no stage of Promtail, ${outcome}`
                : `"${kind}" in job "${job.name}" is no stage of Promtail 2.9; whether this version has it cannot be told`,
              ...(known ? {} : { severity: 'info' as const }),
              hint: 'Write the name of a stage as the documentation of Promtail has it',
              facts,
            },
          ];
        }
        if (filledIn && JSON.stringify(stage.config ?? null).includes('${')) return [];
        const problem = stageProblem(stage);
        if (problem === undefined || (problem.mended === true && !isAtMost(service, 2, 9))) return [];
        return [
          {
            at: { file, pointer: [...pointer, ...problem.route] },
            message: `The "${kind}" stage of job "${job.name}" ${problem.message}, ${outcome}`,
            hint: 'Write the stage as the documentation of Promtail has it',
            facts,
          },
        ];
      }),
    ]);
  },
});

/** A stage is a mapping of one key. */
function shapes(job: Job, file: string, outcome: string): FindingDraft[] {
  const pointer: Pointer = [...job.pointer, 'pipeline_stages'];
  return listAt(job.value, 'pipeline_stages').flatMap((stage, index): FindingDraft[] => {
    const keys = isMapping(stage) ? Object.keys(stage) : [];
    if (isMapping(stage) && keys.length < 2) return [];
    const problem = keys.length > 1 ? `has the keys ${keys.map((key) => `"${key}"`).join(', ')}` : 'is no mapping';
    return [
      {
        at: { file, pointer: [...pointer, index] },
        message: `A stage of job "${job.name}" ${problem} where one name of a stage belongs, ${outcome}`,
        hint: 'Begin each stage with a dash of its own, and indent what belongs to it',
        facts: { job: job.name },
      },
    ];
  });
}
