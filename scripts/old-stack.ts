import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Receipt, Verdict } from '../src/index.ts';

const cli = resolve(import.meta.dirname, '../src/cli.ts');

/** How the stack of the base and that of the rolled back branch compare. */
export interface OldStack {
  readonly alike: boolean;
  /** In words, with what differs. */
  readonly said: string;
}

/**
 * Compares a repository after apply and rollback with its base: the tree by git's id, and what the boot suite says of the
 * old stack, booted from both commits side by side. A base that does not boot whole has to fail in the same cases.
 */
export async function compareOldStack(repo: string): Promise<OldStack> {
  const receipt: Receipt = JSON.parse(readFileSync(join(repo, 'reports/receipt.json'), 'utf8'));
  const after = git(repo, 'log', '--all', '--max-count=1', '--format=%H', '--grep=^Stackproof-Reverts:');
  if (after === '') return { alike: false, said: 'no commit in the repository takes an apply back' };
  const trees = [receipt.base, after].map((commit) => git(repo, 'rev-parse', `${commit}^{tree}`));
  if (trees[0] !== trees[1])
    return { alike: false, said: `the base has tree ${trees[0]}, and the rolled back branch ${trees[1]}` };
  const same = `The rolled back branch has the base's tree ${trees[0]}, byte for byte.`;
  const [stack] = receipt.stacks;
  if (stack === undefined || !git(repo, 'ls-tree', '-r', '--name-only', receipt.base).split('\n').includes(stack))
    return { alike: true, said: `${same}\nThe base has no stack "${stack}" that could be booted.` };
  const [before, now] = await Promise.all([receipt.base, after].map((commit) => bootOf(repo, commit, stack)));
  return compared(before ?? [], now ?? [], same);
}

/** Compares the verdicts of two boots of one stack. */
export function compared(before: readonly Verdict[], now: readonly Verdict[], same: string): OldStack {
  const outcomes = new Map(now.map(({ claim, outcome }) => [claim, outcome]));
  const differ = before.filter(({ claim, outcome }) => outcomes.get(claim) !== outcome);
  if (before.length === 0 || before.length !== now.length || differ.length > 0) {
    const lines = differ.map(
      ({ claim, outcome }) => `${claim}: ${outcome} before, ${outcomes.get(claim) ?? 'nothing'} now`,
    );
    return { alike: false, said: [`${before.length} verdicts before, ${now.length} now`, ...lines].join('\n') };
  }
  const counts = (['pass', 'fail', 'error', 'unknown'] as const).flatMap((outcome) => {
    const count = before.filter((verdict) => verdict.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${outcome}`];
  });
  return {
    alike: true,
    said: `${same}\nThe boot suite says of the old stack what it said before: ${counts.join(', ')}.`,
  };
}

async function bootOf(repo: string, commit: string, stack: string): Promise<Verdict[]> {
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-old-'));
  try {
    git(folder, 'clone', '--quiet', '--shared', '--no-checkout', repo, 'copy');
    const copy = join(folder, 'copy');
    git(copy, 'checkout', '--quiet', '--detach', commit);
    const args = [
      cli,
      'verify',
      '--repo',
      copy,
      '--stack',
      stack,
      '--suite',
      'boot',
      '--reports',
      join(folder, 'reports'),
    ];
    await new Promise((done) => spawn(process.execPath, args, { stdio: 'ignore' }).on('close', done));
    const verdicts: Verdict[] = JSON.parse(readFileSync(join(folder, 'reports/verdicts.json'), 'utf8'));
    return verdicts.filter(({ suite }) => suite === 'boot');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 }).trim();
}
