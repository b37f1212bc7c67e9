import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { probed } from '../../scripts/tables/probe.ts';
import { changeTree, treeOf } from '../model/tree.ts';
import { readCommit } from '../read/commit.ts';
import { applyPlan } from './apply.ts';
import { rollback } from './rollback.ts';
import type { StepName } from './steps.ts';
import { attempt, commitFiles, inGit, type Prepared, receiptOf, repositoryWith, requestOf } from './testing.ts';

const base = { 'compose.yml': 'services: {}\n', 'old.txt': 'old\n' };

/** A repository in which an apply ended right after a durable step, on the branch that is checked out. */
function ended(step: StepName): Prepared {
  const repo = repositoryWith(base);
  const put = treeOf({ 'compose.yml': 'services: { new: {} }\n', 'new.txt': 'new\n' }).files.values();
  const candidate = changeTree(readCommit(repo, 'HEAD'), { put, drop: ['old.txt'] });
  const given = { repo, candidate, receipt: receiptOf(repo, candidate) };
  const ending = probed(
    (_, act) => act(),
    (name) => {
      if (name === step) throw new Error('the run ends here');
    },
  );
  expect(() => applyPlan(requestOf(given, { branch: 'main' }), ending)).toThrow('the run ends here');
  return given;
}

const status = (repo: string): string => inGit(repo, 'status', '--porcelain');

function journal(repo: string): { to: string }[] {
  return JSON.parse(readFileSync(join(repo, '.git/stackproof/journal.json'), 'utf8')).operations;
}

describe('a run that ended before the branch moved', () => {
  it('has changed nothing, and its commit is used by the next', () => {
    const given = ended('journal');
    const [begun] = journal(given.repo);
    expect(status(given.repo)).toBe('');
    writeFileSync(join(given.repo, '.git/refs/heads/main.lock'), `${begun?.to}\n`);
    expect(attempt({ branch: 'main' }, given)).toMatchObject({ commit: begun?.to, already: false });
    expect(status(given.repo)).toBe('');
  });

  it('leaves a lock of git that is not its own, and says its name', () => {
    const given = ended('journal');
    const lock = join(given.repo, '.git/refs/heads/main.lock');
    writeFileSync(lock, '');
    expect(attempt({ branch: 'main' }, given)).toMatchObject({
      refused: [expect.stringMatching(/cannot be moved: .*refs\/heads\/main\.lock': File exists/)],
    });
    rmSync(lock);
    expect(attempt({ branch: 'main' }, given)).toMatchObject({ already: false });
  });

  it('is nothing that could be rolled back', () => {
    expect(rollback(ended('journal').repo)).toEqual({ refused: 'nothing was applied to this repository' });
  });
});

describe('a run that ended after the branch moved', () => {
  it('is ended by the next apply, or by rollback, which then takes it back', () => {
    const given = ended('branch');
    expect(status(given.repo)).not.toBe('');
    expect(attempt({ branch: 'main' }, given)).toMatchObject({ already: true, workTree: given.repo });
    expect(status(given.repo)).toBe('');
    const other = ended('file');
    expect(rollback(other.repo)).toMatchObject({ branch: 'main' });
    expect([status(other.repo), readFileSync(join(other.repo, 'old.txt'), 'utf8')]).toEqual(['', 'old\n']);
  });

  it('leaves files that were edited meanwhile, by name, until they are out of the way', () => {
    const given = ended('branch');
    writeFileSync(join(given.repo, 'compose.yml'), 'mine\n');
    expect(() => attempt({ branch: 'main' }, given)).toThrow(/in the way: "compose\.yml" has changes/);
    expect(readFileSync(join(given.repo, 'compose.yml'), 'utf8')).toBe('mine\n');
    writeFileSync(join(given.repo, 'compose.yml'), base['compose.yml']);
    expect(attempt({ branch: 'main' }, given)).toMatchObject({ already: true });
    expect(status(given.repo)).toBe('');
  });

  it("takes its own lock of the index away, and names somebody else's", () => {
    const given = ended('branch');
    const lock = join(given.repo, '.git/index.lock');
    writeFileSync(lock, '');
    expect(() => attempt({ branch: 'main' }, given)).toThrow(/git holds ".*index\.lock"/);
    rmSync(lock);
    const own = join(given.repo, '.git/stackproof/run-killed');
    mkdirSync(own);
    writeFileSync(join(own, 'index'), 'half an index');
    linkSync(join(own, 'index'), lock);
    expect(attempt({ branch: 'main' }, given)).toMatchObject({ already: true });
    expect([status(given.repo), readdirSync(join(given.repo, '.git/stackproof'))]).toEqual(['', ['journal.json']]);
  });

  it('leaves a work tree that has another branch now', () => {
    const given = ended('branch');
    inGit(given.repo, 'checkout', '--quiet', '--force', '-b', 'other', 'main');
    writeFileSync(join(given.repo, 'compose.yml'), 'mine\n');
    expect(attempt({ branch: 'main' }, given)).toMatchObject({ already: true });
    expect(readFileSync(join(given.repo, 'compose.yml'), 'utf8')).toBe('mine\n');
  });

  it('leaves what somebody has built on it since', () => {
    const given = ended('branch');
    commitFiles(given.repo, { 'mine.txt': 'mine\n' });
    const refs = inGit(given.repo, 'for-each-ref');
    expect(attempt({ branch: 'main' }, given)).toMatchObject({
      refused: expect.arrayContaining([expect.stringContaining('was used already')]),
    });
    expect([inGit(given.repo, 'for-each-ref'), status(given.repo)]).toEqual([refs, '']);
    expect(rollback(given.repo)).toMatchObject({ refused: expect.stringContaining('has moved on') });
  });
});
