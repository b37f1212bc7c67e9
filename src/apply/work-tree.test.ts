import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeTree, type FileMode, treeOf } from '../model/tree.ts';
import { readCommit } from '../read/commit.ts';
import { rollback } from './rollback.ts';
import { attempt, commitFiles, inGit, type Prepared, receiptOf, repositoryWith } from './testing.ts';

const base = {
  '.gitignore': '.env\n',
  '.gitattributes': '* text=auto\n*.bat eol=crlf\n',
  'compose.yml': 'services: {}\n',
  'old/deep/a.txt': 'a\n',
  'swap/inner.txt': 'inner\n',
  flip: 'a file\n',
  'run.sh': '#!/bin/sh\n',
};

type Files = Record<string, string | { text: string; mode: FileMode }>;

function prepared(
  put: Files = {
    'new/ä b.txt': 'new\n',
    'go.bat': 'echo\n',
    'run.sh': { text: '#!/bin/sh\nexit\n', mode: '100755' },
    link: { text: 'new/ä b.txt', mode: '120000' },
    swap: 'a file now\n',
    'flip/inner': 'a folder now\n',
  },
  drop = ['old/deep/a.txt', 'swap/inner.txt', 'flip'],
): Prepared {
  const repo = repositoryWith(base);
  const candidate = changeTree(readCommit(repo, 'HEAD'), { put: treeOf(put).files.values(), drop });
  return { repo, candidate, receipt: receiptOf(repo, candidate) };
}

const status = (folder: string): string => inGit(folder, 'status', '--porcelain', '--ignored');

describe('a branch that is checked out', () => {
  it('moves with its files: modes, links, line ends and folders as git checks them out', () => {
    const given = prepared();
    const { repo } = given;
    expect(attempt({ branch: 'main' }, given)).toMatchObject({ branch: 'main', workTree: repo, already: false });
    expect(status(repo)).toBe('');
    expect(inGit(repo, 'rev-parse', 'HEAD^{tree}')).toBe(given.receipt.tree);
    expect(readFileSync(join(repo, 'go.bat'), 'utf8')).toBe('echo\r\n');
    expect(lstatSync(join(repo, 'run.sh')).mode & 0o111).not.toBe(0);
    expect(readlinkSync(join(repo, 'link'))).toBe('new/ä b.txt');
    expect(existsSync(join(repo, 'old'))).toBe(false);
    expect(inGit(repo, 'reflog', '-1', '--format=%gs')).toBe('stackproof: apply');
    expect(attempt({ branch: 'main' }, given)).toMatchObject({ already: true });
    expect(rollback(repo)).toMatchObject({ branch: 'main', workTree: repo });
    expect(status(repo)).toBe('');
    expect(inGit(repo, 'diff', '--stat', 'HEAD~2', 'HEAD')).toBe('');
    expect(readFileSync(join(repo, 'swap/inner.txt'), 'utf8')).toBe('inner\n');
    expect(attempt({ branch: 'main' }, given)).toMatchObject({
      refused: expect.arrayContaining([expect.stringMatching(/used already.*rolled back since/)]),
    });
  });

  it('follows where a link to a folder becomes that folder', () => {
    const repo = repositoryWith({ 'compose.yml': 'services: {}\n', 'there/a.txt': 'a\n' });
    symlinkSync('there', join(repo, 'here'));
    symlinkSync('loop', join(repo, 'loop'));
    commitFiles(repo, {});
    const put = treeOf({ 'here/a.txt': 'mine\n', 'loop/a.txt': 'mine\n' }).files.values();
    const candidate = changeTree(readCommit(repo, 'HEAD'), { put, drop: ['here', 'loop'] });
    expect(attempt({ branch: 'main' }, { repo, candidate, receipt: receiptOf(repo, candidate) })).toMatchObject({
      already: false,
    });
    expect([status(repo), readFileSync(join(repo, 'there/a.txt'), 'utf8')]).toEqual(['', 'a\n']);
    expect(rollback(repo)).toMatchObject({ workTree: repo });
    expect([status(repo), readlinkSync(join(repo, 'here'))]).toEqual(['', 'there']);
  });

  it('in another work tree moves with the files there', () => {
    const given = prepared();
    const other = join(repositoryWith({ x: 'x' }), 'other');
    inGit(given.repo, 'worktree', 'add', '--quiet', '-b', 'feature/test', other);
    expect(attempt({}, given)).toMatchObject({ workTree: other });
    expect(status(other)).toBe('');
    expect(status(given.repo)).toBe('');
    expect(existsSync(join(other, 'flip/inner'))).toBe(true);
    expect(existsSync(join(given.repo, 'flip/inner'))).toBe(false);
    writeFileSync(join(other, 'compose.yml'), 'services: { mine: {} }\n');
    expect(rollback(given.repo)).toMatchObject({ workTree: other });
    expect(status(other)).toBe('M compose.yml');
  });

  it.each<[string, (repo: string) => void, RegExp]>([
    [
      'an untracked file',
      (repo) => {
        mkdirSync(join(repo, 'new'));
        writeFileSync(join(repo, 'new/ä b.txt'), 'mine');
      },
      /"new\/ä b\.txt" is there already and is not tracked/,
    ],
    ['a file where a folder must be', (repo) => writeFileSync(join(repo, 'new'), 'mine'), /has "new" in its way/],
    [
      'a link where a folder must be',
      (repo) => symlinkSync(repositoryWith({ x: 'x' }), join(repo, 'new')),
      /has "new" in its way/,
    ],
    [
      'a folder that does not go',
      (repo) => writeFileSync(join(repo, 'swap/mine.txt'), 'mine'),
      /"swap" has a folder in its place, with "swap\/mine\.txt"/,
    ],
    ['an untracked folder in a place', (repo) => mkdirSync(join(repo, 'go.bat/x'), { recursive: true }), /^applied$/],
    [
      'a begun merge',
      (repo) => writeFileSync(join(repo, '.git/MERGE_HEAD'), `${inGit(repo, 'rev-parse', 'HEAD')}\n`),
      /merge or pick has begun/,
    ],
  ])('meets %s', (_, act, words) => {
    const given = prepared();
    act(given.repo);
    const before = [inGit(given.repo, 'for-each-ref'), status(given.repo)];
    const applied = attempt({ branch: 'main' }, given);
    expect('refused' in applied ? applied.refused.join('\n') : 'applied').toMatch(words);
    if ('refused' in applied) expect([inGit(given.repo, 'for-each-ref'), status(given.repo)]).toEqual(before);
    else expect(status(given.repo)).toBe('');
  });

  it('keeps an ignored file that is in the way', () => {
    const given = prepared({ '.env': 'SECRET=\n' }, []);
    writeFileSync(join(given.repo, '.env'), 'SECRET=mine\n');
    expect(attempt({ branch: 'main' }, given)).toMatchObject({
      refused: [expect.stringContaining('".env" is there already and is not tracked')],
    });
    expect(readFileSync(join(given.repo, '.env'), 'utf8')).toBe('SECRET=mine\n');
  });

  it('is not rolled back over changes, staged or not', () => {
    const given = prepared();
    attempt({ branch: 'main' }, given);
    writeFileSync(join(given.repo, 'run.sh'), 'mine\n');
    expect(rollback(given.repo)).toMatchObject({ refused: expect.stringContaining('"run.sh" has changes') });
    inGit(given.repo, 'add', 'run.sh');
    inGit(given.repo, 'show', 'HEAD:run.sh');
    writeFileSync(join(given.repo, 'run.sh'), '#!/bin/sh\nexit\n');
    chmodSync(join(given.repo, 'run.sh'), 0o755);
    expect(rollback(given.repo)).toMatchObject({ refused: expect.stringContaining('"run.sh" has staged changes') });
  });

  it('is left alone while it is rebased', () => {
    const given = prepared();
    mkdirSync(join(given.repo, '.git/rebase-merge'));
    writeFileSync(join(given.repo, '.git/rebase-merge/head-name'), 'refs/heads/main\n');
    expect(attempt({ branch: 'main' }, given)).toMatchObject({ refused: [expect.stringContaining('being rebased')] });
  });
});

describe('a branch at the base', () => {
  it('is moved though it was there before', () => {
    const given = prepared();
    inGit(given.repo, 'branch', 'feature/test');
    expect(attempt({}, given)).toMatchObject({ already: false, workTree: null });
    expect(inGit(given.repo, 'rev-parse', 'feature/test^{tree}')).toBe(given.receipt.tree);
    commitFiles(given.repo, { later: 'x' });
    expect(rollback(given.repo)).toMatchObject({ branch: 'feature/test' });
  });
});
