import type { FindingDraft } from '../../model/finding.ts';
import type { PipelineJob } from '../../model/pipeline.ts';
import type { Repository } from '../../model/repository.ts';
import { folderOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { type Copy, copiesOf, isIn } from './copies.ts';
import { shipsStack } from './deployments.ts';

/**
 * A copy adds and replaces; what git no longer has stays on the server, and Grafana and Prometheus go on reading it. Only
 * `rsync --delete` takes it away (https://download.samba.org/pub/rsync/rsync.1#opt--delete).
 */
export const unsyncedDeletion = defineRule({
  id: 'ci/unsynced-deletion',
  severity: 'warning',
  over: 'pipeline-job',
  claim: 'What is deleted in git is deleted on the server when the stack is shipped.',
  check: (job, { repository }) => {
    const shipped = repository.stacks.filter((stack) => shipsStack(job, stack) && folderOf(stack.composeFile) !== '');
    const folders = [...new Set(shipped.map((stack) => folderOf(stack.composeFile)))];
    const copies = copiesOf(job);
    return copies
      .filter(
        ({ source, deletes }) => !deletes && folders.some((folder) => isIn(folder, source) || isIn(source, folder)),
      )
      .map((copy) => draft(repository, job, copy, copies));
  },
});

function draft(repository: Repository, job: PipelineJob, copy: Copy, copies: readonly Copy[]): FindingDraft {
  const gone = deleted(repository).filter(
    (path) => isIn(path, copy.source) && !copies.some(({ source, deletes }) => deletes && isIn(path, source)),
  );
  const what = copy.source === '' ? 'the repository' : `"${copy.source}"`;
  const facts = { job: job.name, source: copy.source, left: gone.slice(0, 20) };
  if (gone.length === 0) {
    const message = `Job "${job.name}" copies ${what} with "${copy.program}", which deletes nothing: what git loses stays on the server`;
    return { at: copy.at, severity: 'info', message, hint: hintFor(copy), facts };
  }
  return {
    at: copy.at,
    message: `Job "${job.name}" copies ${what} with "${copy.program}", which deletes nothing, so ${quoteAll(gone)} ${gone.length === 1 ? 'stays' : 'stay'} on the server`,
    hint: hintFor(copy),
    facts,
  };
}

function hintFor({ program }: Copy): string {
  return program === 'rsync' ? 'Add --delete, and --exclude what only the server has' : 'Use rsync --delete';
}

/** Files that a plan took away. */
function deleted({ tree, base, removed }: Repository): string[] {
  const paths = base === undefined ? removed.map(({ path }) => path) : [...base.tree.files.keys()];
  return paths.filter((path) => !tree.files.has(path)).sort();
}
