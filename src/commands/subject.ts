import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { headCommit, isRepository } from '../apply/git.ts';
import type { LoadedPlan, PlanFault, Preview } from '../model/plan.ts';
import type { Repository } from '../model/repository.ts';
import type { Tree } from '../model/tree.ts';
import { readCommit } from '../read/commit.ts';
import { readDirectory } from '../read/directory.ts';
import { type ReadOptions, readRepository } from '../read/repository.ts';
import { Refusal } from './refusal.ts';

/** Where this package lies. */
export const packageFolder = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** This package's version. */
export function version(): string {
  const manifest: { version: string } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  return manifest.version;
}

/** What a verb works on: a repository at a base, and with a plan its candidate. */
export interface Subject {
  readonly repo: string;
  /** Undefined outside git. Asked of git when it is looked at. */
  readonly head: string | undefined;
  readonly base: Tree;
  readonly candidate: Tree;
  readonly loaded?: LoadedPlan;
  readonly preview?: Preview;
}

/**
 * Reads the repository and carries the plan out on it. With a plan the base is HEAD, which is what `apply` builds on;
 * without one it is the work tree as it stands.
 * @throws Refusal (exit 2) for a faulty plan, naming each fault with file and line.
 */
export async function readSubject(repo: string, planFile: string | undefined): Promise<Subject> {
  if (planFile === undefined) {
    const base = readDirectory(repo);
    return {
      repo,
      get head() {
        return headOf(repo);
      },
      base,
      candidate: base,
    };
  }
  const head = headOf(repo);
  const { loadPlan } = await import('../plan/load.ts');
  const { plan: loaded, faults } = loadPlan(planFile);
  if (loaded === undefined) throw new Refusal(2, faults.map(faultText).join('\n'));
  const base = head === undefined ? readDirectory(repo) : readCommit(repo, head);
  const { preview } = await import('../plan/preview.ts');
  const carried = preview(loaded, base);
  if (carried.candidate === undefined) throw new Refusal(2, carried.faults.map(faultText).join('\n'));
  return { repo, head, base, candidate: carried.candidate, loaded, preview: carried };
}

/** The candidate as the rules see it: with a plan they also know the tree before it and what it took away. */
export function readCandidate(
  { base, candidate, preview }: Subject,
  scope: Pick<ReadOptions, 'stack'> = {},
  tree: Tree = candidate,
): Repository {
  if (preview === undefined) return readRepository(tree, scope);
  const { removed, waivers } = preview;
  return readRepository(tree, { ...scope, removed, waivers, base: readRepository(base) });
}

function headOf(repo: string): string | undefined {
  return isRepository(repo) ? headCommit(repo) : undefined;
}

function faultText(fault: PlanFault): string {
  const hint = fault.hint === undefined ? '' : `\n    ${fault.hint}`;
  return `${fault.file}:${fault.line}:${fault.column}: ${fault.message}${hint}`;
}

/** The bundled example: a small monorepo before its consolidation, and the plan for it. */
export const example = {
  repository: join(packageFolder, 'fixtures/repositories/before'),
  plan: join(packageFolder, 'plans/example/plan.yaml'),
};
