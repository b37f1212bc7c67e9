import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { sealReceipt } from '../gate/receipt.ts';
import { treeIdOf } from '../gate/tree-hash.ts';
import type { LoadedPlan } from '../model/plan.ts';
import type { Receipt } from '../model/receipt.ts';
import { changeTree, type Tree, treeOf } from '../model/tree.ts';
import { readCommit } from '../read/commit.ts';
import { applyPlan } from './apply.ts';
import { headCommit, rootCommit, submodules, whyNoRepository } from './git.ts';
import { writeTree } from './repository.ts';
import { rollback } from './rollback.ts';
import { commitFiles, inGit, repositoryWith } from './testing.ts';

const loaded: LoadedPlan = {
  plan: { version: 1, name: 'test', branch: 'feature/test', stack: 'compose.yml', steps: [] },
  file: 'plan.yaml',
  files: new Map(),
  digest: 'd1',
};
const base = { 'compose.yml': 'services: {}\n', 'old/a.txt': 'a\n', 'bin/run': '#!/bin/sh\n' };

function prepared(): { repo: string; candidate: Tree; receipt: Receipt } {
  const repo = repositoryWith(base);
  const put = [
    ...treeOf({ 'new/ä b.txt': 'moved\n', 'bin/run': { text: '#!/bin/sh\n', mode: '100755' } }).files.values(),
  ];
  const candidate = changeTree(readCommit(repo, 'HEAD'), { put, drop: ['old/a.txt'] });
  const receipt = sealReceipt({
    repository: rootCommit(repo),
    base: headCommit(repo),
    tree: treeIdOf(candidate),
    plan: { name: 'test', digest: 'd1' },
    stacks: ['compose.yml'],
    images: [],
    differences: [],
    required: [],
    verdicts: [],
    errors: [],
    waived: [],
    tool: 'stackproof',
    made: new Date().toISOString(),
    open: true,
    reasons: [],
  });
  return { repo, candidate, receipt };
}

function attempt(
  change: Partial<Parameters<typeof applyPlan>[0]> = {},
  given = prepared(),
): ReturnType<typeof applyPlan> {
  return applyPlan({ ...given, loaded, branch: 'feature/test', substitutes: 'refuse', now: new Date(), ...change });
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

  it.each<[string, (given: ReturnType<typeof prepared>) => Partial<Parameters<typeof applyPlan>[0]>, RegExp]>([
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
      ({ repo }) => having(() => inGit(repo, 'branch', 'feature/test')),
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
    const { digest: _, version: __, ...content } = given.receipt;
    const shut = sealReceipt({ ...content, open: false, reasons: ['boot: loki runs: failed'] });
    expect(attempt({ receipt: shut }, given)).toEqual({
      refused: ['the gate was shut ("open"): 1 reasons, the first: boot: loki runs: failed'],
    });
    const image = { service: 'loki', pinned: 'grafana/loki:2.9.2', image: 'x', id: 'y', how: 'substitute' as const };
    const substituted = sealReceipt({ ...content, images: [image] });
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
    const head = headCommit(given.repo);
    const tree = treeIdOf(given.candidate, 'sha1', submodules(given.repo, head));
    const { digest: _, version: __, ...content } = given.receipt;
    expect(attempt({ receipt: sealReceipt({ ...content, base: head, tree }) }, given)).toMatchObject({
      already: false,
    });
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
    const written = writeTree(repo, 'HEAD', candidate);
    expect(written).toBe(treeIdOf(candidate));
    expect(inGit(repo, 'cat-file', 'blob', `${written}:lf.txt`)).toBe('one');
  });

  it('with ids of 256 bits get the proved tree', () => {
    const repo = repositoryWith(base, '--object-format=sha256');
    const candidate = changeTree(readCommit(repo, 'HEAD'), { drop: ['old/a.txt'] });
    expect(writeTree(repo, 'HEAD', candidate)).toBe(treeIdOf(candidate, 'sha256'));
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
    expect(attempt({ branch })).toMatchObject({ refused: [expect.stringContaining('is no name for a branch')] });
  });

  it('leaves the journal of the apply before as it was', () => {
    const given = prepared();
    attempt({ branch: 'feature' }, given);
    expect(attempt({ branch: 'feature/test' }, given)).toMatchObject({
      refused: [expect.stringContaining('cannot be made')],
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
    expect(rollback(given.repo)).toMatchObject({ refused: expect.stringContaining('is checked out in') });
    commitFiles(given.repo, { 'later.txt': 'work' });
    expect(rollback(given.repo)).toMatchObject({ refused: expect.stringContaining('has moved on') });
  });
});
