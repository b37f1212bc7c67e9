import type { Waiver } from '../model/finding.ts';
import type { RemovedPath } from '../model/plan.ts';
import type { Repository } from '../model/repository.ts';
import type { Tree } from '../model/tree.ts';
import { readGitlabCi } from './ci/gitlab.ts';
import { composeCandidates } from './compose/candidates.ts';
import { openDocuments } from './documents.ts';
import { readStack } from './stack.ts';

/** What a repository is read with besides its tree. */
export interface ReadOptions {
  readonly removed?: readonly RemovedPath[];
  readonly waivers?: readonly Waiver[];
  /** Path of the one compose file to read. */
  readonly stack?: string;
}

/**
 * Reads everything a Tree holds: the stack of every compose file that runs a known product, and the GitLab pipeline.
 * Never throws for what is in the tree: a file that cannot be read is a fault, with its place and the parser's words.
 */
export function readRepository(tree: Tree, options: ReadOptions = {}): Repository {
  const documents = openDocuments(tree);
  const candidates = options.stack === undefined ? composeCandidates(tree) : [options.stack];
  const stacks = candidates.flatMap((file) => readStack(documents, file) ?? []);
  const ci = readGitlabCi(documents);
  return {
    tree,
    stacks,
    ci,
    faults: documents.faults,
    removed: options.removed ?? [],
    waivers: options.waivers ?? [],
    locate: documents.locate,
  };
}
