import { type Judged, refusals } from '../gate/receipt.ts';
import { treeIdOf } from '../gate/tree-hash.ts';
import type { LoadedPlan } from '../model/plan.ts';
import type { Receipt } from '../model/receipt.ts';
import type { Tree } from '../model/tree.ts';
import { carryOut } from './carry-out.ts';
import { checkoutOf } from './checkouts.ts';
import { makeCommit } from './commit.ts';
import { headCommit, objectFormat, rootCommit, submodules } from './git.ts';
import type { Home } from './home.ts';
import type { Operation } from './journal.ts';
import { writeTree } from './objects.ts';
import { type Outside, outside as realOutside } from './outside.ts';
import { recover } from './recover.ts';
import { branchAt, commitSaying, isBranchName, treeOfCommit, uncommitted } from './repository.ts';
import { alone } from './run.ts';
import { hindrances } from './work-tree.ts';

/** What is applied where. */
export interface ApplyRequest {
  readonly repo: string;
  readonly loaded: LoadedPlan;
  readonly candidate: Tree;
  readonly receipt: Receipt;
  /** What this stackproof says of the candidate without any proof. */
  readonly judged: Judged;
  readonly branch: string;
  readonly substitutes: 'allow' | 'refuse';
  /** Whether the hooks that may refuse a commit are asked; default yes. */
  readonly hooks?: boolean;
  readonly now: Date;
}

/** The commit that was made and the work tree whose files followed, or why there is none. */
export type Applied =
  | {
      readonly commit: string;
      readonly branch: string;
      readonly already: boolean;
      readonly workTree: string | null;
    }
  | { readonly refused: readonly string[] };

/**
 * Makes one commit with exactly the proved tree and moves the branch to it; where the branch is checked out, the files
 * follow. Nothing is computed here: where the receipt does not hold for this repository, HEAD, plan and candidate, or
 * files are in the way, everything stays as it is. What a killed run left half done is ended first.
 */
export function applyPlan(request: ApplyRequest, outside: Outside = realOutside): Applied {
  const applied = alone(request.repo, (home) => applyAlone(home, request, outside), outside);
  return 'held' in applied ? { refused: [applied.held] } : applied;
}

function applyAlone(home: Home, request: ApplyRequest, outside: Outside): Applied {
  const { repo, receipt, branch } = request;
  const { git } = outside;
  const { operations, undone } = recover(home, outside);
  const head = headCommit(repo, git);
  const use = {
    repository: rootCommit(repo, git),
    head,
    tree: treeIdOf(request.candidate, objectFormat(repo, git), submodules(repo, head, git)),
    plan: { name: request.loaded.plan.name, digest: request.loaded.digest },
    judged: request.judged,
    now: request.now,
    substitutes: request.substitutes,
  };
  if (!isBranchName(repo, branch, git))
    return { refused: [`"${branch}" is no name for a branch: give another with --branch`] };
  const at = branchAt(repo, branch, git);
  const used = usedFor(repo, receipt, operations, outside);
  if (used !== undefined && used.commit === at && treeOfCommit(repo, at, git) === use.tree)
    return { commit: at, branch, already: true, workTree: used.workTree };
  const dirty = uncommitted(repo, git);
  const refused = [
    ...refusals(receipt, use),
    ...(used === undefined ? [] : [used.words]),
    ...(dirty.length === 0 ? [] : [`the work tree is dirty: ${dirty.slice(0, 5).join('; ')}`]),
  ];
  if (refused.length > 0) return { refused };
  if (at !== undefined && treeOfCommit(repo, at, git) === use.tree)
    return { commit: at, branch, already: true, workTree: null };
  if (at !== undefined && at !== head) {
    return {
      refused: [`the branch "${branch}" is there already and holds something else: give another with --branch`],
    };
  }
  return move(home, request, { operations, undone, head, at, tree: use.tree }, outside);
}

interface Ground {
  readonly operations: readonly Operation[];
  readonly undone: Operation | undefined;
  readonly head: string;
  readonly at: string | undefined;
  readonly tree: string;
}

function move(home: Home, request: ApplyRequest, ground: Ground, outside: Outside): Applied {
  const { repo, receipt, branch } = request;
  const { head, at, tree } = ground;
  const { git } = outside;
  const checkout = at === undefined ? { workTree: null } : checkoutOf(repo, branch, outside);
  if ('refused' in checkout) return { refused: [checkout.refused] };
  const { workTree } = checkout;
  const fromTree = treeOfCommit(repo, head, git);
  const written = writeTree(home, head, request.candidate, outside);
  if (written !== tree)
    return { refused: [`git wrote tree ${written} for the proved tree ${tree}: nothing was changed`] };
  const { own } = home;
  if (workTree !== null) {
    const blocked = hindrances(home, { workTree, fromTree, toTree: tree, own }, outside);
    if (blocked.length > 0)
      return {
        refused: [`in the way in "${workTree}", where "${branch}" is checked out: ${blocked.slice(0, 5).join('; ')}`],
      };
  }
  const commit = begunCommit(ground, request, outside) ?? newCommit(home, request, ground, outside);
  if ('refused' in commit) return { refused: [commit.refused] };
  const operation: Operation = {
    kind: 'apply',
    branch,
    from: at ?? null,
    to: commit.id,
    fromTree,
    toTree: tree,
    receipt: receipt.digest,
    workTree,
    own,
    state: 'begun',
  };
  const why = carryOut(home, ground.operations, operation, outside);
  if (why !== undefined) return { refused: [`the branch "${branch}" cannot be moved: ${why}`] };
  return { commit: commit.id, branch, already: false, workTree };
}

/** The commit of a run of the same request that was killed before the branch moved. */
function begunCommit(
  { undone, at, tree }: Ground,
  { repo, receipt, branch }: ApplyRequest,
  { git }: Outside,
): { id: string } | undefined {
  if (undone?.kind !== 'apply' || undone.receipt !== receipt.digest || undone.branch !== branch) return undefined;
  if (undone.from !== (at ?? null) || treeOfCommit(repo, undone.to, git) !== tree) return undefined;
  return { id: undone.to };
}

function newCommit(
  home: Home,
  { loaded: { plan }, receipt, hooks = true }: ApplyRequest,
  { head, tree }: Ground,
  outside: Outside,
): { id: string } | { refused: string } {
  const keep = receiptLine(receipt);
  const text = plan.description ?? `The consolidation of ${plan.stack}.`;
  const message = `Apply ${plan.name}\n\n${text}\n\n${keep}\nStackproof-Tree: ${receipt.tree}\nStackproof-Base: ${receipt.base}\n`;
  return makeCommit(home, { tree, parent: head, message, keep, hooks }, outside);
}

function receiptLine({ digest }: Receipt): string {
  return `Stackproof-Receipt: ${digest}`;
}

/** What a receipt was used for before: here, or in a clone whose commits have come here. */
function usedFor(
  repo: string,
  receipt: Receipt,
  operations: readonly Operation[],
  { git }: Outside,
): { readonly commit: string; readonly workTree: string | null; readonly words: string } | undefined {
  const index = operations.findLastIndex(({ kind, receipt: used }) => kind === 'apply' && used === receipt.digest);
  const operation = operations[index];
  const day = 24 * 3_600_000;
  const made = Date.parse(receipt.made);
  const since = new Date(Number.isNaN(made) ? 0 : made - day);
  const commit = operation?.to ?? commitSaying(repo, receiptLine(receipt), since, git);
  if (commit === undefined) return undefined;
  const place = operation === undefined ? '' : ` on branch "${operation.branch}"`;
  const back = operation !== undefined && operations[index + 1]?.kind === 'rollback' ? ', and rolled back since' : '';
  const words = `the receipt was used already ("digest"): for commit ${commit.slice(0, 12)}${place}${back}; run "stackproof verify" for another`;
  return { commit, workTree: operation?.workTree ?? null, words };
}
