import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeTree, writeTreeTo } from '../commands/folder.ts';
import type { Tree } from '../model/tree.ts';
import { readCommit } from '../read/commit.ts';
import { readDirectory } from '../read/directory.ts';
import { preview } from './preview.ts';
import { repository, step, unreadPlan } from './random.ts';
import { contentOf } from './testing.ts';

const canary = 'CANARY of the folder beside';

/** A folder `repo` with the files of a tree, and beside it a folder `outside` with what nobody may read or write. */
function placed(tree: Tree): string {
  const root = mkdtempSync(join(tmpdir(), 'stackproof-random-'));
  mkdirSync(join(root, 'outside'));
  writeFileSync(join(root, 'outside/canary'), canary);
  writeTreeTo(tree, join(root, 'repo'));
  return root;
}

/** Everything below a folder, links as links: path → what it is and holds. */
function everything(folder: string, below = ''): Record<string, string> {
  const entries = readdirSync(join(folder, below)).flatMap((name): [string, string][] => {
    const path = join(below, name);
    const stat = lstatSync(join(folder, path));
    if (stat.isDirectory()) return [[path, 'folder'], ...Object.entries(everything(folder, path))];
    const link = stat.isSymbolicLink();
    return [
      [
        path,
        link
          ? `link ${readlinkSync(join(folder, path))}`
          : `${stat.mode} ${readFileSync(join(folder, path), 'latin1')}`,
      ],
    ];
  });
  return Object.fromEntries(entries);
}

function commit(repo: string, submodule: boolean): void {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: repo, stdio: 'pipe' }).toString().trim();
  git('init', '--quiet');
  git('add', '--all', '--force');
  const tree = git('write-tree');
  if (submodule) git('update-index', '--add', '--cacheinfo', `160000,${tree},sub`);
  git(
    '-c',
    'user.name=a',
    '-c',
    'user.email=a@example.com',
    '-c',
    'commit.gpgSign=false',
    'commit',
    '--quiet',
    '-m',
    'x',
  );
}

/** Carries a plan out on what was read, writes the candidate, and looks whether anything else was touched. */
function carryOut(root: string, base: Tree, steps: Parameters<typeof unreadPlan>[0]): void {
  const before = everything(root);
  const { candidate } = preview(unreadPlan(steps), base);
  expect(JSON.stringify(contentOf(candidate) ?? {})).not.toContain(canary);
  expect(JSON.stringify(contentOf(base))).not.toContain(canary);
  if (candidate !== undefined) {
    const written = writeTree(candidate, 'random');
    const files = Object.values(everything(written)).filter((what) => what !== 'folder');
    expect(files).toHaveLength(candidate.files.size);
    expect(contentOf(readDirectory(written))).toEqual(contentOf(candidate));
    rmSync(written, { recursive: true });
  }
  expect(everything(root)).toEqual(before);
}

describe('plans on random folders, with links that lead out of them', { timeout: 240_000 }, () => {
  const steps = fc.array(step, { minLength: 1, maxLength: 2 });

  it('read and write nothing outside of the folder', () => {
    fc.assert(
      fc.property(repository, steps, (tree, plan) => {
        const root = placed(tree);
        try {
          carryOut(root, readDirectory(join(root, 'repo')), plan);
        } finally {
          rmSync(root, { recursive: true });
        }
      }),
      { numRuns: 120 },
    );
  });

  it('read and write nothing outside of the repository, and leave submodules alone', () => {
    fc.assert(
      fc.property(repository, steps, (tree, plan) => {
        const root = placed(tree);
        try {
          const repo = join(root, 'repo');
          commit(repo, tree.files.has('.gitmodules'));
          const base = readCommit(repo, 'HEAD');
          expect(contentOf(base)).toEqual(contentOf(tree));
          carryOut(root, base, plan);
        } finally {
          rmSync(root, { recursive: true });
        }
      }),
      { numRuns: 15 },
    );
  });
});
