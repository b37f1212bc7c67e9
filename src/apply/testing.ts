import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sealReceipt } from '../gate/seal.ts';
import { treeIdOf } from '../gate/tree-hash.ts';
import type { LoadedPlan } from '../model/plan.ts';
import type { Receipt } from '../model/receipt.ts';
import type { Tree } from '../model/tree.ts';
import { claimOf } from '../model/verdict.ts';
import { type Applied, type ApplyRequest, applyPlan } from './apply.ts';
import { headCommit, objectFormat, rootCommit, submodules } from './git.ts';
import { homeOf } from './home.ts';
import { writeTree } from './objects.ts';
import { outside } from './outside.ts';

/** A git repository of its own for one test, with these files committed. */
export function repositoryWith(files: Readonly<Record<string, string>>, ...init: string[]): string {
  const repo = mkdtempSync(join(tmpdir(), 'stackproof-test-'));
  inGit(repo, 'init', '--quiet', '--initial-branch=main', ...init);
  inGit(repo, 'config', 'user.name', 'Test');
  inGit(repo, 'config', 'user.email', 'test@example.com');
  commitFiles(repo, files);
  return repo;
}

/** A git repository of its own for one test whose one commit has exactly this tree, checked out. */
export function repositoryOf(tree: Tree): string {
  const repo = repositoryWith({});
  const id = writeTree(homeOf(repo, 'test', outside), 'HEAD', tree, outside);
  const commit = inGit(repo, 'commit-tree', '-m', 'Begin', id);
  inGit(repo, 'reset', '--quiet', '--hard', commit);
  return repo;
}

/** Writes files and commits everything. */
export function commitFiles(repo: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repo, path)), { recursive: true });
    writeFileSync(join(repo, path), text);
  }
  inGit(repo, 'add', '--all');
  inGit(repo, 'commit', '--quiet', '--allow-empty', '--message', 'Change files');
}

/** Runs git in a test's repository. */
export function inGit(repo: string, ...args: string[]): string {
  return execFileSync('git', ['-C', repo, ...args], { encoding: 'utf8' }).trim();
}

/** A plan of one name and digest: what it would do is the candidate's business. */
export const loaded: LoadedPlan = {
  plan: { version: 1, name: 'test', branch: 'feature/test', stack: 'compose.yml', steps: [] },
  file: 'plan.yaml',
  files: new Map(),
  digest: 'd1',
};

const tool = 'stackproof 0';
const pinned = { loki: 'grafana/loki:2.9.2' };
const claim = claimOf('boot', 'loki runs');

/** An open receipt for a candidate on a repository's HEAD. */
export function receiptOf(repo: string, candidate: Tree, change: Partial<Receipt> = {}): Receipt {
  const base = headCommit(repo);
  return sealReceipt({
    repository: rootCommit(repo),
    base,
    tree: treeIdOf(candidate, objectFormat(repo), submodules(repo, base)),
    plan: { name: 'test', digest: 'd1' },
    stacks: ['compose.yml'],
    images: [{ service: 'loki', pinned: pinned.loki, image: pinned.loki, id: 'sha256:1', how: 'present' }],
    differences: [],
    required: [claim],
    verdicts: [{ claim: claim.id, suite: claim.suite, subject: claim.subject, outcome: 'pass', looked: 1 }],
    errors: [],
    waived: [],
    tool,
    made: new Date().toISOString(),
    open: true,
    reasons: [],
    ...change,
  });
}

/** A repository, a candidate on its HEAD and the receipt for it. */
export interface Prepared {
  readonly repo: string;
  readonly candidate: Tree;
  readonly receipt: Receipt;
}

/** The request to apply what was prepared, on the branch of its plan if nothing else is asked. */
export function requestOf(given: Prepared, change: Partial<ApplyRequest> = {}): ApplyRequest {
  const judged = { tool, stacks: ['compose.yml'], required: [claim], errors: [], waived: [], pinned, needed: ['loki'] };
  const { branch } = loaded.plan;
  return { ...given, loaded, judged, branch, substitutes: 'refuse', now: new Date(), ...change };
}

/** Applies what was prepared. */
export function attempt(change: Partial<ApplyRequest>, given: Prepared): Applied {
  return applyPlan(requestOf(given, change));
}
