import type { FindingDraft } from '../../model/finding.ts';
import { mappingAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { isAtMost } from '../support/versions.ts';
import { jobsOf, serviceOf, stagesOf } from './jobs.ts';
import { stageKeys } from './stage-problem.ts';

/**
 * The strict reading of Promtail's file ends at the pipeline: a key that a stage does not know is passed over
 * (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/stages/).
 */
export const unreadStageKey = defineRule({
  id: 'promtail/unread-stage-key',
  severity: 'warning',
  over: 'promtail',
  claim: 'Every key of a stage is one that the stage reads.',
  check: (promtail, { stack }) => {
    const { file, value } = promtail;
    const service = serviceOf(stack, promtail);
    if (file === undefined || !isAtMost(service, 2, 9)) return [];
    return jobsOf(value).flatMap((job) =>
      stagesOf(job).flatMap(({ kind, config, pointer }): FindingDraft[] => {
        const keys = stageKeys.get(kind);
        if (keys === undefined || keys === 'any') return [];
        return Object.keys(mappingAt(config))
          .filter((key) => !keys.includes(key.toLowerCase()))
          .map((key) => ({
            at: { file, pointer: [...pointer, key], part: 'key' },
            message: `"${key}" is nothing that the "${kind}" stage of job "${job.name}" reads, so it has no effect`,
            hint: keys.length === 0 ? 'Delete it: the stage has no settings' : `Write one of ${keys.join(', ')}`,
            facts: { job: job.name, stage: kind, key },
          }));
      }),
    );
  },
});
