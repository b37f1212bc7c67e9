import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A git repository of its own for one test, with these files committed. */
export function repositoryWith(files: Readonly<Record<string, string>>, ...init: string[]): string {
  const repo = mkdtempSync(join(tmpdir(), 'stackproof-test-'));
  inGit(repo, 'init', '--quiet', '--initial-branch=main', ...init);
  inGit(repo, 'config', 'user.name', 'Test');
  inGit(repo, 'config', 'user.email', 'test@example.com');
  commitFiles(repo, files);
  return repo;
}

/** Writes files and commits everything. */
export function commitFiles(repo: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repo, path)), { recursive: true });
    writeFileSync(join(repo, path), text);
  }
  inGit(repo, 'add', '--all');
  inGit(repo, 'commit', '--quiet', '--message', 'Change files');
}

/** Runs git in a test's repository. */
export function inGit(repo: string, ...args: string[]): string {
  return execFileSync('git', ['-C', repo, ...args], { encoding: 'utf8' }).trim();
}
