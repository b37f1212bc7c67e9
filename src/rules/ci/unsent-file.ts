import type { FindingDraft } from '../../model/finding.ts';
import { kindAt } from '../../model/tree.ts';
import { folderOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { copiesOf, isIn } from './copies.ts';
import { shipsStack } from './deployments.ts';

/** A job that copies a stack's folder copies nothing beside it: what the services mount from there is missing on the server. */
export const unsentFile = defineRule({
  id: 'ci/unsent-file',
  severity: 'warning',
  over: 'pipeline-job',
  claim: 'Whoever copies a stack to a server copies every file that its services mount.',
  check: (job, { repository }) => {
    // A clone on the server has them all; a copy whose source a variable makes may have.
    const text = job.script.map((line) => line.text).join('\n');
    if (/\bgit\s+(?:pull|clone|fetch|checkout|reset)\b|\btar\s[^\n]*\|\s*ssh\b/.test(text)) return [];
    const copies = copiesOf(job);
    return repository.stacks.flatMap((stack): FindingDraft[] => {
      const folder = folderOf(stack.composeFile);
      const own = copies.find(({ source }) => isIn(stack.composeFile, source));
      if (folder === '' || own === undefined || !shipsStack(job, stack)) return [];
      const missed = stack.services.flatMap((service) =>
        service.mounts.flatMap(({ repoPath, at }) => {
          if (repoPath === undefined || repoPath === '.' || kindAt(repository.tree, repoPath) === 'absent') return [];
          return copies.some(({ source }) => isIn(repoPath, source))
            ? []
            : [{ path: repoPath, at, service: service.name }];
        }),
      );
      if (missed.length === 0) return [];
      const paths = [...new Set(missed.map(({ path }) => path))];
      return [
        {
          at: own.at,
          message: `Job "${job.name}" copies "${own.source}" and not ${quoteAll(paths)}, which "${stack.composeFile}" mounts, so on the server an empty folder is mounted there`,
          related: missed.map(({ at, service, path }) => ({ at, note: `service "${service}" mounts "${path}"` })),
          hint: 'Copy them too, or move them into the folder of the stack',
          facts: { job: job.name, paths },
        },
      ];
    });
  },
});
