import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Applied, type ApplyRequest, applyPlan } from '../../src/apply/apply.ts';
import { type Outside, outside } from '../../src/apply/outside.ts';
import { type RolledBack, rollback } from '../../src/apply/rollback.ts';
import { receiptOf, repositoryWith, requestOf } from '../../src/apply/testing.ts';
import { judge } from '../../src/commands/judge.ts';
import { example, readSubject } from '../../src/commands/subject.ts';
import { changeTree, treeOf } from '../../src/model/tree.ts';
import { readCommit } from '../../src/read/commit.ts';
import { gitCopy } from '../whole-path.ts';
import { openReceipt } from './open-receipt.ts';

/** A repository that applies are tried on: a folder to copy, and what is asked of each copy. */
export interface World {
  readonly name: string;
  readonly template: string;
  /** The request for a copy; the work trees beside the repository's own, relative to the copy. */
  readonly request: Omit<ApplyRequest, 'repo'>;
  readonly linked: readonly string[];
}

/** What is tried: apply on a world as it is, or rollback on one where apply is done. */
export type Verb = 'apply' | 'rollback';

const now = new Date('2026-01-02T04:00:00Z');

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'protocol.file.allow=always', ...args], { encoding: 'utf8' }).trim();

/** Gives all commits of this process the same dates, so that the same state has the same ids. */
export function stopClock(): void {
  process.env['GIT_AUTHOR_DATE'] = '2026-01-02T03:04:05Z';
  process.env['GIT_COMMITTER_DATE'] = '2026-01-02T03:04:05Z';
}

/** The repositories that applies are tried on. */
export const worldNames = [
  'the bundled example, on a new branch',
  'with odd files, checked out',
  'with ids of 256 bits, checked out in another work tree',
] as const;

/** The worlds: the bundled example and copies of it that are harder to change, each with the bundled plan. */
export async function makeWorlds(): Promise<World[]> {
  const [plain, withOdd, long] = worldNames;
  return [
    await world(plain, gitCopy(example.repository, 'plain'), 'feature/new'),
    await world(withOdd, odd(gitCopy(example.repository, 'odd')), 'main'),
    await world(long, linked(sha256()), 'feature/linked', ['linked']),
  ];
}

/** A small repository of which every kind of change is made: for what has to be tried at every single call. */
export function smallWorld(name: string, branch: string): World {
  const template = repositoryWith({
    'compose.yml': 'services: {}\n',
    'old/deep/gone.txt': 'gone\n',
    'swap/inner.txt': 'a folder\n',
    flip: 'a file\n',
    'run.sh': '#!/bin/sh\n',
  });
  const put = treeOf({
    'new/added.txt': 'added\n',
    swap: 'a file now\n',
    'flip/inner.txt': 'a folder now\n',
    'run.sh': { text: '#!/bin/sh\nexit 0\n', mode: '100755' },
    link: { text: 'run.sh', mode: '120000' },
  });
  const drop = ['old/deep/gone.txt', 'swap/inner.txt', 'flip'];
  const candidate = changeTree(readCommit(template, 'HEAD'), { put: put.files.values(), drop });
  const receipt = receiptOf(template, candidate, { made: now.toISOString() });
  return { name, template, request: requestOf({ repo: template, candidate, receipt }, { branch, now }), linked: [] };
}

async function world(name: string, repo: string, branch: string, trees: readonly string[] = []): Promise<World> {
  const subject = await readSubject(repo, example.plan);
  const { loaded, candidate } = subject;
  if (loaded === undefined) throw new Error('the bundled plan is not there');
  const judged = judge(subject, loaded.plan.stack);
  const receipt = openReceipt(subject, judged, now);
  const request = { loaded, candidate, receipt, judged, branch, substitutes: 'refuse' as const, now };
  return { name, template: repo, request, linked: trees };
}

/** What real repositories have: links, modes, line ends, a submodule, names that need quoting, ignored files. */
function odd(repo: string): string {
  const files = {
    'win/run.bat': 'echo one\r\necho two\r\n',
    '.gitattributes': '*.bat text eol=crlf\n*.md text=auto\n',
    'tools/start.sh': '#!/bin/sh\nexit 0\n',
    'names/with space.txt': 'space\n',
    'names/ü.txt': 'umlaut\n',
    'names/two\nlines.txt': 'newline\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(repo, dirname(path)), { recursive: true });
    writeFileSync(join(repo, path), text);
  }
  chmodSync(join(repo, 'tools/start.sh'), 0o755);
  symlinkSync('tools/start.sh', join(repo, 'start'));
  git(repo, 'submodule', '--quiet', 'add', gitCopy(join(example.repository, 'docs'), 'module'), 'vendor/module');
  git(repo, 'add', '--all');
  git(repo, 'commit', '--quiet', '--message', 'Add odd files');
  writeFileSync(join(repo, '.git/info/exclude'), 'local.env\n');
  writeFileSync(join(repo, 'local.env'), 'MINE=1\n');
  return repo;
}

function sha256(): string {
  const repo = mkdtempSync(join(tmpdir(), 'stackproof-sha256-'));
  cpSync(example.repository, repo, { recursive: true, verbatimSymlinks: true });
  git(repo, 'init', '--quiet', '--initial-branch=main', '--object-format=sha256');
  git(repo, 'config', 'user.name', 'stackproof');
  git(repo, 'config', 'user.email', 'stackproof@example.com');
  writeFileSync(join(repo, '.git/info/exclude'), 'linked/\n');
  git(repo, 'add', '--all', '--force');
  git(repo, 'commit', '--quiet', '--message', 'Import the repository as it is');
  return repo;
}

function linked(repo: string): string {
  git(repo, 'worktree', 'add', '--quiet', '-b', 'feature/linked', join(repo, 'linked'));
  return repo;
}

/** A copy of a world to try something on. */
export function copyOf({ template, linked: trees }: World, place: string): string {
  rmSync(place, { recursive: true, force: true });
  cpSync(template, place, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  for (const tree of trees) {
    writeFileSync(join(place, tree, '.git'), `gitdir: ${join(place, '.git/worktrees', tree)}\n`);
    writeFileSync(join(place, '.git/worktrees', tree, 'gitdir'), `${join(place, tree, '.git')}\n`);
  }
  return place;
}

/** A world whose template has apply done, for rollback to be tried on. */
export function applied(world: World): World {
  const template = copyOf(world, mkdtempSync(join(tmpdir(), 'stackproof-applied-')));
  const done = run('apply', world, template);
  if ('refused' in done) throw new Error(`"${world.name}" cannot be applied: ${done.refused}`);
  return { ...world, template };
}

/** Runs the verb in this process. */
export function run(verb: Verb, { request }: World, repo: string, through: Outside = outside): Applied | RolledBack {
  return verb === 'apply' ? applyPlan({ ...request, repo }, through) : rollback(repo, through);
}
