import { refusals } from '../gate/receipt.ts';
import { treeIdOf } from '../gate/tree-hash.ts';
import type { LoadedPlan } from '../model/plan.ts';
import type { Receipt } from '../model/receipt.ts';
import type { Tree } from '../model/tree.ts';
import { headCommit, objectFormat, rootCommit, submodules } from './git.ts';
import { readJournal, restoreJournal, writeJournal } from './journal.ts';
import { branchAt, commitTree, isBranchName, moveBranch, treeOfCommit, uncommitted, writeTree } from './repository.ts';

/** What is applied where. */
export interface ApplyRequest {
  readonly repo: string;
  readonly loaded: LoadedPlan;
  readonly candidate: Tree;
  readonly receipt: Receipt;
  readonly branch: string;
  readonly substitutes: 'allow' | 'refuse';
  readonly now: Date;
}

/** The commit that was made, or why none was. */
export type Applied =
  | { readonly commit: string; readonly branch: string; readonly already: boolean }
  | { readonly refused: readonly string[] };

/**
 * Makes one commit with exactly the proved tree and moves the branch to it as the last step. Nothing is computed here:
 * where the receipt does not hold for this repository, HEAD, plan and candidate, or the work tree is not clean, every
 * ref stays where it was.
 */
export function applyPlan(request: ApplyRequest): Applied {
  const { repo, loaded, receipt, branch } = request;
  const head = headCommit(repo);
  const tree = treeIdOf(request.candidate, objectFormat(repo), submodules(repo, head));
  const use = {
    repository: rootCommit(repo),
    head,
    tree,
    planDigest: loaded.digest,
    now: request.now,
    substitutes: request.substitutes,
  };
  const dirty = uncommitted(repo);
  const refused = [
    ...(isBranchName(repo, branch) ? [] : [`"${branch}" is no name for a branch: give another with --branch`]),
    ...refusals(receipt, use),
    ...(dirty.length === 0 ? [] : [`the work tree is dirty: ${dirty.slice(0, 5).join('; ')}`]),
  ];
  if (refused.length > 0) return { refused };
  const before = branchAt(repo, branch);
  if (before !== undefined) {
    if (treeOfCommit(repo, before) === tree) return { commit: before, branch, already: true };
    return {
      refused: [`the branch "${branch}" is there already and holds something else: give another with --branch`],
    };
  }
  const written = writeTree(repo, head, request.candidate);
  if (written !== tree)
    return { refused: [`git wrote tree ${written} for the proved tree ${tree}: nothing was changed`] };
  const commit = commitTree(repo, tree, head, messageOf(request));
  const entry = { branch, base: head, baseTree: treeOfCommit(repo, head), commit, tree, receipt: receipt.digest };
  const earlier = readJournal(repo);
  writeJournal(repo, { ...entry, state: 'committed' });
  try {
    moveBranch(repo, branch, commit, undefined, `apply ${loaded.plan.name}`);
  } catch (problem) {
    restoreJournal(repo, earlier);
    return {
      refused: [`the branch "${branch}" cannot be made: ${problem instanceof Error ? problem.message : problem}`],
    };
  }
  writeJournal(repo, { ...entry, state: 'moved' });
  return { commit, branch, already: false };
}

function messageOf({ loaded, receipt }: ApplyRequest): string {
  const { plan } = loaded;
  return `Apply ${plan.name}

${plan.description ?? `The consolidation of ${plan.stack}.`}

Stackproof-Receipt: ${receipt.digest}
Stackproof-Tree: ${receipt.tree}
Stackproof-Base: ${receipt.base}
`;
}
