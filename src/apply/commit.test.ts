import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { changeTree, treeOf } from '../model/tree.ts';
import { readCommit } from '../read/commit.ts';
import { rollback } from './rollback.ts';
import { attempt, inGit, type Prepared, receiptOf, repositoryWith } from './testing.ts';

function prepared(): Prepared {
  const repo = repositoryWith({ 'compose.yml': 'services: {}\n' });
  const candidate = changeTree(readCommit(repo, 'HEAD'), { put: treeOf({ 'new/a.txt': 'new\n' }).files.values() });
  return { repo, candidate, receipt: receiptOf(repo, candidate) };
}

function hook(repo: string, name: string, script: string, folder = join(repo, '.git/hooks')): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

function refusal(applied: ReturnType<typeof attempt>): string {
  return 'refused' in applied ? applied.refused.join('\n') : 'applied';
}

describe('hooks', () => {
  it('that refuse a commit are heard before anything has moved, unless they are left out', () => {
    const given = prepared();
    const before = inGit(given.repo, 'for-each-ref');
    hook(given.repo, 'pre-commit', 'echo "no: $(cat new/a.txt)"; exit 1');
    expect(refusal(attempt({}, given))).toMatch(/"pre-commit" refused the commit .*\n\s+no: new/);
    expect(inGit(given.repo, 'for-each-ref')).toBe(before);
    expect(attempt({ hooks: false }, given)).toMatchObject({ already: false });
    expect(rollback(given.repo)).toMatchObject({ branch: 'feature/test' });
  });

  it('see the candidate as what is committed, in a work tree with its files', () => {
    const given = prepared();
    hook(
      given.repo,
      'pre-commit',
      `git diff --cached --name-status HEAD >"${given.repo}/.git/seen"; ls >>"${given.repo}/.git/seen"`,
    );
    expect(attempt({}, given)).toMatchObject({ already: false });
    expect(readFileSync(join(given.repo, '.git/seen'), 'utf8')).toBe('A\tnew/a.txt\ncompose.yml\nnew\n');
    expect(inGit(given.repo, 'status', '--porcelain')).toBe('');
  });

  it('may not change what was proved', () => {
    const given = prepared();
    hook(given.repo, 'pre-commit', 'echo more >>compose.yml; git add compose.yml');
    expect(refusal(attempt({}, given))).toContain('would no longer be the proved tree');
  });

  it('may change the message, but not take the receipt out', () => {
    const given = prepared();
    inGit(given.repo, 'config', 'core.hooksPath', 'my-hooks');
    const folder = join(given.repo, 'my-hooks');
    writeFileSync(join(given.repo, '.git/info/exclude'), 'my-hooks\n');
    hook(given.repo, 'commit-msg', 'echo >"$1"', folder);
    expect(refusal(attempt({}, given))).toContain('took the line "Stackproof-Receipt:');
    hook(given.repo, 'commit-msg', 'echo "Issue: 7" >>"$1"', folder);
    hook(given.repo, 'prepare-commit-msg', 'echo "Source: $2" >>"$1"', folder);
    expect(attempt({}, given)).toMatchObject({ already: false });
    expect(inGit(given.repo, 'log', '-1', '--format=%(trailers)', 'feature/test')).toMatch(
      /Source: message\nIssue: 7$/,
    );
  });

  it('that guard refs are asked by git itself', () => {
    const given = prepared();
    hook(given.repo, 'reference-transaction', '[ "$1" != prepared ]');
    expect(refusal(attempt({}, given))).toMatch(/"feature\/test" cannot be moved: .*hook/);
    expect(inGit(given.repo, 'branch', '--list', 'feature/test')).toBe('');
    hook(given.repo, 'reference-transaction', 'exit 0');
    expect(attempt({}, given)).toMatchObject({ already: false });
  });

  it('that are told of a commit are told where its files are', () => {
    const given = prepared();
    hook(given.repo, 'post-commit', 'git log -1 --format=%s >.git/told; exit 1');
    attempt({ branch: 'main' }, given);
    expect(readFileSync(join(given.repo, '.git/told'), 'utf8')).toBe('Apply test\n');
    const other = prepared();
    hook(other.repo, 'post-commit', 'touch .git/told');
    attempt({}, other);
    expect(existsSync(join(other.repo, '.git/told'))).toBe(false);
  });
});

describe('the commit', () => {
  it("is the user's, as git's variables and configuration have it", () => {
    const given = prepared();
    vi.stubEnv('GIT_AUTHOR_NAME', 'Ada');
    try {
      attempt({}, given);
    } finally {
      vi.unstubAllEnvs();
    }
    expect(inGit(given.repo, 'log', '-1', '--format=%an <%ae>, %cn', 'feature/test')).toBe(
      'Ada <test@example.com>, Test',
    );
  });

  it('is signed where the configuration says so, and not made where it cannot be', () => {
    const given = prepared();
    const key = join(mkdtempSync(join(tmpdir(), 'stackproof-key-')), 'key');
    for (const [name, value] of [
      ['gpg.format', 'ssh'],
      ['commit.gpgSign', 'true'],
      ['user.signingKey', `${key}.pub`],
    ])
      inGit(given.repo, 'config', name ?? '', value ?? '');
    expect(() => attempt({}, given)).toThrow(/commit-tree failed/);
    expect(inGit(given.repo, 'branch', '--list', 'feature/test')).toBe('');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    expect(attempt({}, given)).toMatchObject({ already: false });
    expect(inGit(given.repo, 'cat-file', 'commit', 'feature/test')).toContain('BEGIN SSH SIGNATURE');
    rollback(given.repo);
    expect(inGit(given.repo, 'cat-file', 'commit', 'feature/test')).toContain('BEGIN SSH SIGNATURE');
  });
});
