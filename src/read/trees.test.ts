import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Tree } from '../model/tree.ts';
import { textAt } from '../model/tree.ts';
import { readCommit } from './commit.ts';
import { readDirectory } from './directory.ts';
import { readIndex } from './index-tree.ts';

const odd = ['with space.yml', 'new\nline.yml', 'überall/ζ.yml', '"quoted".yml', '-dash.yml'];
let repo = '';

function run(...args: string[]): void {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['-C', repo, ...identity, ...args], { stdio: 'pipe' });
}

function listing(tree: Tree): string[] {
  return [...tree.files.values()].map((file) => `${file.mode} ${file.path}`).sort();
}

beforeAll(() => {
  repo = mkdtempSync(join(tmpdir(), 'trees-'));
  run('init', '-q');
  mkdirSync(join(repo, 'überall'));
  for (const path of odd) writeFileSync(join(repo, path), `path: ${JSON.stringify(path)}\n`);
  writeFileSync(join(repo, '.gitignore'), 'ignored\n');
  writeFileSync(join(repo, 'run.sh'), '#!/bin/sh\n');
  chmodSync(join(repo, 'run.sh'), 0o755);
  writeFileSync(join(repo, 'gone.yml'), 'a: 1\n');
  writeFileSync(join(repo, 'changed.yml'), 'a: committed\n');
  writeFileSync(join(repo, 'picture.png'), Buffer.from([0, 255, 10, 0]));
  symlinkSync('run.sh', join(repo, 'link'));
  run('add', '-A');
  run('commit', '-qm', 'All');
  writeFileSync(join(repo, 'changed.yml'), 'a: staged\n');
  run('add', 'changed.yml');
  writeFileSync(join(repo, 'changed.yml'), 'a: on disk\n');
  writeFileSync(join(repo, 'untracked.yml'), 'a: 1\n');
  writeFileSync(join(repo, 'ignored'), 'a');
  rmSync(join(repo, 'gone.yml'));
});

afterAll(() => rmSync(repo, { recursive: true, force: true }));

const committed = [
  ...odd.map((path) => `100644 ${path}`),
  '100644 .gitignore',
  '100644 changed.yml',
  '100644 gone.yml',
  '100644 picture.png',
  '100755 run.sh',
  '120000 link',
];

describe('a tree', () => {
  it('of a work tree holds what is tracked or not ignored, and what is there', () => {
    const tree = readDirectory(repo);
    const expected = [...committed.filter((line) => !line.includes('gone')), '100644 untracked.yml'];
    expect(listing(tree)).toEqual(expected.sort());
    expect(textAt(tree, 'changed.yml')).toBe('a: on disk\n');
    expect(tree.origin).toBe('work tree');
  });

  it('of a commit holds what was committed', () => {
    const tree = readCommit(repo, 'HEAD');
    expect(listing(tree)).toEqual([...committed].sort());
    expect(textAt(tree, 'changed.yml')).toBe('a: committed\n');
    expect(tree.origin).toMatch(/^commit [0-9a-f]{40}$/);
  });

  it('of the index holds what is staged', () => {
    const tree = readIndex(repo);
    expect(listing(tree)).toEqual([...committed].sort());
    expect(textAt(tree, 'changed.yml')).toBe('a: staged\n');
  });

  it.each([
    ['directory', readDirectory],
    ['commit', (dir: string) => readCommit(dir, 'HEAD')],
    ['index', readIndex],
  ])('from a %s gives the bytes of every file', (_, reader) => {
    const tree = reader(repo);
    for (const path of odd) expect(textAt(tree, path)).toBe(`path: ${JSON.stringify(path)}\n`);
    expect([...(tree.files.get('picture.png')?.bytes ?? [])]).toEqual([0, 255, 10, 0]);
    expect(Buffer.from(tree.files.get('link')?.bytes ?? []).toString()).toBe('run.sh');
    expect(tree.files.get('run.sh')?.bytes).toBe(tree.files.get('run.sh')?.bytes);
  });

  it('of a plain folder leaves out .git and node_modules', () => {
    const dir = mkdtempSync(join(tmpdir(), 'plain-'));
    mkdirSync(join(dir, 'node_modules/a'), { recursive: true });
    mkdirSync(join(dir, 'sub'));
    writeFileSync(join(dir, 'node_modules/a/b.yml'), '');
    writeFileSync(join(dir, 'sub/c.yml'), '');
    expect(listing(readDirectory(dir))).toEqual(['100644 sub/c.yml']);
    rmSync(dir, { recursive: true });
  });

  it('of a folder of a work tree has paths relative to that folder', () => {
    expect(listing(readDirectory(join(repo, 'überall')))).toEqual(['100644 ζ.yml']);
  });

  it('of an empty folder is empty', () => {
    const dir = mkdtempSync(join(tmpdir(), 'empty-'));
    expect(readDirectory(dir).files.size).toBe(0);
    rmSync(dir, { recursive: true });
  });

  it('is read from the folder that is asked for, in a hook of another repository too', () => {
    vi.stubEnv('GIT_DIR', join(tmpdir(), 'nowhere'));
    vi.stubEnv('GIT_INDEX_FILE', join(tmpdir(), 'nowhere/index'));
    expect(readIndex(repo).files.size).toBe(committed.length);
    expect(readCommit(repo, 'HEAD').files.size).toBe(committed.length);
    expect(readDirectory(repo).origin).toBe('work tree');
    vi.unstubAllEnvs();
  });

  it('of the index is, in a hook, the index that git names', () => {
    copyFileSync(join(repo, '.git/index'), join(repo, '.git/next-index.lock'));
    run('rm', '-q', '--cached', 'run.sh');
    vi.stubEnv('GIT_INDEX_FILE', join(repo, '.git/next-index.lock'));
    expect(readIndex(repo).files.has('run.sh')).toBe(true);
    vi.unstubAllEnvs();
    expect(readIndex(repo).files.has('run.sh')).toBe(false);
    run('add', 'run.sh');
  });

  it('that cannot be read is an error of one sentence', () => {
    expect(() => readDirectory(join(repo, 'nowhere'))).toThrow(
      /^".*nowhere" cannot be read as a folder: ENOENT[^\n]*$/,
    );
    expect(() => readCommit(repo, 'no-such-branch')).toThrow(/^git rev-parse failed in ".*": [^\n]*$/);
    expect(() => readCommit(tmpdir(), 'HEAD')).toThrow(/^git rev-parse failed/);
    expect(() => readIndex(tmpdir())).toThrow(/^git rev-parse failed/);
  });
});
