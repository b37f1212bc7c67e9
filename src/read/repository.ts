import type { Waiver } from '../model/finding.ts';
import type { RemovedPath } from '../model/plan.ts';
import type { Repository } from '../model/repository.ts';
import type { Tree } from '../model/tree.ts';
import { readGitlabCi } from './ci/gitlab.ts';
import { composeCandidates, hasComposeName } from './compose/candidates.ts';
import { openDocuments } from './documents.ts';
import { readOwnConfiguration } from './own-configuration.ts';
import { insideRepository } from './paths.ts';
import { type FoundStack, readStack } from './stack.ts';

/** What a repository is read with besides its tree. */
export interface ReadOptions {
  readonly removed?: readonly RemovedPath[];
  readonly waivers?: readonly Waiver[];
  /** The repository before the plan, where the tree is a plan's candidate. */
  readonly base?: Repository;
  /** Path of the one compose file to read. */
  readonly stack?: string;
}

/**
 * Reads everything a Tree holds: the stack of every compose file that runs a known product, and the GitLab pipeline.
 * Never throws for what is in the tree: a file that cannot be read is a fault, with its place and the parser's words.
 */
export function readRepository(tree: Tree, options: ReadOptions = {}): Repository {
  const documents = openDocuments(tree);
  const only = options.stack === undefined ? undefined : (insideRepository('', options.stack) ?? options.stack);
  const candidates = only === undefined ? composeCandidates(tree) : [only];
  const found = candidates.flatMap((file) => readStack(documents, file) ?? []);
  const parts = new Set(found.flatMap((one) => one.partFiles));
  const stacks = found
    .filter((one) => one.stack.composeFile === only || !isIncluded(one, found))
    .map((one) => one.stack)
    // A file that others extend is a stack of its own only where its name says so.
    .filter(({ composeFile }) => composeFile === only || hasComposeName(composeFile) || !parts.has(composeFile));
  const ci = readGitlabCi(documents);
  const own = readOwnConfiguration(documents);
  return {
    tree,
    stacks,
    ci,
    faults: documents.faults,
    ...(options.base === undefined ? {} : { base: options.base }),
    removed: options.removed ?? [],
    waivers: [...(options.waivers ?? []), ...own],
    ...(only === undefined ? {} : { partial: true }),
    locate: documents.locate,
  };
}

/** What another compose file includes runs in the project of that file, and is judged there. */
function isIncluded({ stack, included }: FoundStack, found: readonly FoundStack[]): boolean {
  return found.some(
    (other) => other.included.includes(stack.composeFile) && !included.includes(other.stack.composeFile),
  );
}
