import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { treeIdOf } from '../gate/tree-hash.ts';
import { changeTree, treeOf } from '../model/tree.ts';
import { readCommit } from '../read/commit.ts';
import type { ApplyRequest } from './apply.ts';
import { headCommit, submodules, whyNoRepository } from './git.ts';
import { homeOf } from './home.ts';
import { writeTree } from './objects.ts';
import { outside } from './outside.ts';
import { rollback } from './rollback.ts';
import { attempt, commitFiles, inGit, loaded, type Prepared, receiptOf, repositoryWith } from './testing.ts';

const base = { 'compose.yml': 'services: {}\n', 'old/a.txt': 'a\n', 'bin/run': '#!/bin/sh\n' };

function prepared(): Prepared {
  const repo = repositoryWith(base);
  const put = [
    ...treeOf({ 'new/ä b.txt': 'moved\n', 'bin/run': { text: '#!/bin/sh\n', mode: '100755' } }).files.values(),
  ];
  const candidate = changeTree(readCommit(repo, 'HEAD'), { put, drop: ['old/a.txt'] });
  return { repo, candidate, receipt: receiptOf(repo, candidate) };
}

/** Does something to the repository and changes nothing of the request. */
function having(act: () => unknown): object {
  act();
  return {};
}

function refs(repo: string): string {
  return inGit(repo, 'for-each-ref');
}

describe('applyPlan', () => {
  it('makes one commit with exactly the proved tree and leaves HEAD and the work tree alone', () => {
    const given = prepared();
    const head = headCommit(given.repo);
    const applied = attempt({}, given);
    expect(applied).toMatchObject({ branch: 'feature/test', already: false });
    expect(inGit(given.repo, 'rev-parse', 'feature/test^{tree}')).toBe(treeIdOf(given.candidate));
    expect(inGit(given.repo, 'rev-parse', 'feature/test^')).toBe(head);
    expect(inGit(given.repo, 'log', '-1', '--format=%B', 'feature/test')).toContain(
      `Stackproof-Receipt: ${given.receipt.digest}`,
    );
    expect(headCommit(given.repo)).toBe(head);
    expect(inGit(given.repo, 'status', '--porcelain')).toBe('');
    expect(attempt({}, given)).toMatchObject({ already: true });
  });

  it.each<[string, (given: Prepared) => Partial<ApplyRequest>, RegExp]>([
    ['an edited receipt', ({ receipt }) => ({ receipt: { ...receipt, reasons: ['x'] } }), /edited after it was made/],
    ['a moved HEAD', ({ repo }) => having(() => commitFiles(repo, { 'x.txt': 'x' })), /stale: HEAD is/],
    [
      'a dirty work tree',
      ({ repo }) => having(() => writeFileSync(join(repo, 'compose.yml'), 'x')),
      /work tree is dirty: .*compose\.yml/,
    ],
    ['another plan', () => ({ loaded: { ...loaded, digest: 'd2' } }), /another plan/],
    [
      'another candidate',
      ({ candidate }) => ({ candidate: changeTree(candidate, { drop: ['compose.yml'] }) }),
      /another candidate/,
    ],
    ['an old receipt', () => ({ now: new Date(Date.now() + 8 * 24 * 3_600_000) }), /too old/],
    [
      'a branch that holds something else',
      ({ repo }) =>
        having(() => {
          const other = inGit(repo, 'commit-tree', '-m', 'Other work', 'HEAD^{tree}');
          inGit(repo, 'branch', 'feature/test', other);
        }),
      /is there already/,
    ],
  ])('refuses %s and moves nothing', (_, change, words) => {
    const given = prepared();
    const more = change(given);
    const before = refs(given.repo);
    const applied = attempt(more, given);
    expect('refused' in applied ? applied.refused.join('\n') : 'applied').toMatch(words);
    expect(refs(given.repo)).toBe(before);
  });

  it('refuses a shut gate, and substitutes unless they are allowed', () => {
    const given = prepared();
    const shut = receiptOf(given.repo, given.candidate, { open: false, reasons: ['boot: loki runs: failed'] });
    expect(attempt({ receipt: shut }, given)).toEqual({
      refused: ['the gate was shut ("open"): 1 reasons, the first: boot: loki runs: failed'],
    });
    const image = { service: 'loki', pinned: 'grafana/loki:2.9.2', image: 'x', id: 'y', how: 'substitute' as const };
    const substituted = receiptOf(given.repo, given.candidate, { images: [image] });
    expect(attempt({ receipt: substituted }, given)).toMatchObject({
      refused: [expect.stringContaining('substitutes for grafana/loki:2.9.2')],
    });
    expect(attempt({ receipt: substituted, substitutes: 'allow' }, given)).toMatchObject({ already: false });
  });
});

describe('repositories of other kinds', () => {
  it('with submodules keep them in the proved tree', () => {
    const given = prepared();
    const link = `160000,${headCommit(given.repo)},vendor/lib`;
    inGit(given.repo, 'update-index', '--add', '--cacheinfo', link);
    inGit(given.repo, 'commit', '--quiet', '--message', 'Add a submodule');
    inGit(given.repo, 'update-index', '--skip-worktree', 'vendor/lib');
    const tree = treeIdOf(given.candidate, 'sha1', submodules(given.repo, headCommit(given.repo)));
    const receipt = receiptOf(given.repo, given.candidate);
    expect(receipt.tree).toBe(tree);
    expect(attempt({ receipt }, given)).toMatchObject({ already: false });
    expect(inGit(given.repo, 'ls-tree', 'feature/test', 'vendor/lib')).toContain('160000 commit');
  });

  it.each([
    ['that change line ends at checkout', ['core.autocrlf', 'true'], '* text=auto\n*.txt eol=crlf\n'],
    ['with a filter', ['filter.shout.clean', 'tr a-z A-Z'], '*.txt filter=shout\n'],
  ])('%s get the proved bytes', (_, [key = '', value = ''], attributes) => {
    const repo = repositoryWith({ ...base, '.gitattributes': attributes });
    inGit(repo, 'config', key, value);
    const candidate = changeTree(readCommit(repo, 'HEAD'), {
      put: [...treeOf({ 'crlf.txt': 'one\r\ntwo\r\n', 'lf.txt': 'one\n' }).files.values()],
    });
    const written = writeTree(homeOf(repo, 'test', outside), 'HEAD', candidate, outside);
    expect(written).toBe(treeIdOf(candidate));
    expect(inGit(repo, 'cat-file', 'blob', `${written}:lf.txt`)).toBe('one');
  });

  it('with ids of 256 bits get the proved tree', () => {
    const repo = repositoryWith(base, '--object-format=sha256');
    const candidate = changeTree(readCommit(repo, 'HEAD'), { drop: ['old/a.txt'] });
    expect(writeTree(homeOf(repo, 'test', outside), 'HEAD', candidate, outside)).toBe(treeIdOf(candidate, 'sha256'));
  });

  it('get files of any size as they are', () => {
    const repo = repositoryWith(base);
    const sizes = [0, 1, 15, 16, 17, 2_047, 2_048, 2_049, 300_000];
    const texts = Object.fromEntries(sizes.map((size) => [`${size}.txt`, 'x'.repeat(size)]));
    const candidate = changeTree(readCommit(repo, 'HEAD'), { put: treeOf(texts).files.values() });
    expect(writeTree(homeOf(repo, 'test', outside), 'HEAD', candidate, outside)).toBe(treeIdOf(candidate));
    expect(inGit(repo, 'fsck', '--connectivity-only')).toContain('dangling tree');
  });

  it('are never mistaken for the repository of a hook that runs', () => {
    const { repo } = prepared();
    const other = repositoryWith({ 'other.txt': 'x\n' });
    vi.stubEnv('GIT_DIR', `${other}/.git`);
    try {
      expect(whyNoRepository(repo)).toBeUndefined();
      expect(headCommit(repo)).not.toBe(headCommit(other));
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('say why they are none', () => {
    const { repo } = prepared();
    expect(whyNoRepository(join(repo, 'bin'))).toContain('inside the repository');
    expect(whyNoRepository(inGit(repo, 'rev-parse', '--absolute-git-dir'))).toContain('work tree');
    expect(whyNoRepository('/nowhere')).toContain('No such file');
  });
});

describe('a branch that cannot be made', () => {
  it.each(['a..b', '-x', ''])('has the name "%s" and is refused before anything is written', (branch) => {
    expect(attempt({ branch }, prepared())).toMatchObject({
      refused: [expect.stringContaining('is no name for a branch')],
    });
  });

  it('leaves the journal of the apply before as it was', () => {
    const given = prepared();
    attempt({ branch: 'feature' }, given);
    const receipt = receiptOf(given.repo, given.candidate, { made: new Date(Date.now() - 1_000).toISOString() });
    expect(attempt({ branch: 'feature/test', receipt }, given)).toMatchObject({
      refused: [expect.stringContaining('cannot be moved')],
    });
    expect(rollback(given.repo)).toMatchObject({ branch: 'feature' });
  });
});

describe('rollback', () => {
  it('restores the base tree by a commit of its own, once', () => {
    const given = prepared();
    attempt({}, given);
    const done = rollback(given.repo);
    expect(done).toMatchObject({ branch: 'feature/test', tree: inGit(given.repo, 'rev-parse', 'HEAD^{tree}') });
    expect(inGit(given.repo, 'diff', '--stat', 'HEAD', 'feature/test')).toBe('');
    expect(rollback(given.repo)).toMatchObject({ refused: expect.stringContaining('rolled back already') });
  });

  it('leaves a branch alone that moved on, and says when there is nothing', () => {
    const given = prepared();
    expect(rollback(given.repo)).toEqual({ refused: 'nothing was applied to this repository' });
    attempt({}, given);
    inGit(given.repo, 'checkout', '--quiet', 'feature/test');
    commitFiles(given.repo, { 'later.txt': 'work' });
    expect(rollback(given.repo)).toMatchObject({ refused: expect.stringContaining('has moved on') });
  });
});
