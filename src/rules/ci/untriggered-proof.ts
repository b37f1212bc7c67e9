import type { FindingDraft } from '../../model/finding.ts';
import type { Stack } from '../../model/stack.ts';
import { pathsUnder, type Tree } from '../../model/tree.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { changesMatcher, startsOnlyOn } from './changed-paths.ts';
import { namesStack } from './deployments.ts';
import { isProof } from './gate-jobs.ts';

/** A proof that a change does not start lets the change through. */
export const untriggeredProof = defineRule({
  id: 'ci/untriggered-proof',
  severity: 'warning',
  over: 'pipeline',
  claim: 'A change of any file that a stack reads starts a job that proves it.',
  check: (pipeline, { repository }) =>
    repository.stacks.flatMap((stack): FindingDraft[] => {
      const proofs = pipeline.jobs.filter((job) => !job.hidden && isProof(job) && namesStack(job, stack));
      const starts = proofs.map(startsOnlyOn);
      const [first] = proofs;
      if (first === undefined || starts.includes(undefined)) return [];
      const patterns = starts.flatMap((paths) => paths ?? []);
      if (patterns.some(({ pattern }) => pattern.includes('$'))) return [];
      const matchers = patterns.map(({ pattern }) => changesMatcher(pattern));
      const missed = filesOf(repository.tree, stack).filter((path) => !matchers.some((matches) => matches(path)));
      if (missed.length === 0) return [];
      return [
        {
          at: patterns[0]?.at ?? first.at,
          message: `A change of ${quoteAll(missed)}, which the stack "${stack.composeFile}" reads, starts no job that proves it`,
          related: missed.slice(0, 5).map((file) => ({ at: { file }, note: 'no path of the proof matches it' })),
          hint: 'Add the paths to the rules of the proof',
          facts: { stack: stack.composeFile, files: missed.slice(0, 20) },
        },
      ];
    }),
});

/** The compose file and every file of the repository that its services mount. */
function filesOf(tree: Tree, stack: Stack): string[] {
  const mounted = stack.services.flatMap((service) => service.mounts.flatMap(({ repoPath }) => repoPath ?? []));
  const files = mounted.flatMap((path) => (path === '.' ? [] : tree.files.has(path) ? [path] : pathsUnder(tree, path)));
  return [...new Set([stack.composeFile, ...files])].sort();
}
