import type { FindingDraft } from '../../model/finding.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { Stack } from '../../model/stack.ts';
import { folderOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { namesStack } from './deployments.ts';

/** A compose file that no job reads before it is shipped is read for the first time on the server. */
export const unvalidatedCompose = defineRule({
  id: 'ci/unvalidated-compose',
  severity: 'warning',
  over: 'pipeline',
  claim: 'Some job of the pipeline validates the compose file of every stack.',
  check: (pipeline, { repository }) => {
    // A child pipeline is about a part.
    if (pipeline.open || repository.ci[0]?.file !== pipeline.file) return [];
    return repository.stacks.flatMap((stack): FindingDraft[] => {
      if (isValidated(pipeline, stack)) return [];
      return [
        {
          at: { file: stack.composeFile, pointer: ['services'], part: 'key' },
          message: `No job of the pipeline validates "${stack.composeFile}", so a fault in it shows on the server first`,
          hint: `Run "docker compose -f ${stack.composeFile} config -q" or "stackproof check" in a job`,
          facts: { stack: stack.composeFile },
        },
      ];
    });
  },
});

function isValidated(pipeline: Pipeline, stack: Stack): boolean {
  const root = folderOf(stack.composeFile) === '';
  return pipeline.jobs.some((job) => {
    if (job.hidden) return false;
    const script = job.script.map(({ text }) => text).join('\n');
    if (/\bstackproof(?:@\S+)?\s+(?:check|verify)\b/.test(script))
      return !/--stack\b/.test(script) || namesStack(job, stack);
    const reads = /\bdocker(?:-|\s+)compose\b[^\n]*\s(?:config|build)\b/.test(script);
    return reads && (root || namesStack(job, stack) || /\bfind\b|\bfor\b/.test(script));
  });
}
