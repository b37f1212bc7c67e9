import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { gitEnvironment } from '../model/git-environment.ts';
import { messageOf } from '../model/message.ts';

/** What a git call may be given: text for its standard input, and more environment. */
export interface GitCall {
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs git in a folder and gives its output, its end trimmed. @throws Error with git's own words. */
export type GitRunner = (folder: string, args: readonly string[], call?: GitCall) => string;

/** Runs git in a repository and gives its output, trimmed. @throws Error with git's own words. */
export function git(repo: string, args: readonly string[], call: GitCall = {}): string {
  try {
    return execFileSync('git', ['-C', repo, ...args], {
      encoding: 'utf8',
      input: call.input ?? '',
      env: { ...gitEnvironment(process.env), ...call.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: 1 << 30,
    }).trimEnd();
  } catch (problem) {
    throw new Error(`git ${args[0]} failed: ${complaintOf(problem)}`, { cause: problem });
  }
}

function complaintOf(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem);
  const stderr = 'stderr' in problem && typeof problem.stderr === 'string' ? problem.stderr.trim() : '';
  if (stderr !== '') return stderr;
  return 'status' in problem && typeof problem.status === 'number' ? `exit code ${problem.status}` : problem.message;
}

/**
 * Like `git`, but undefined where git answers no (exit code 1). Where it cannot answer, that is an error: a branch that
 * cannot be read is not a branch that is not there.
 */
export function tryGit(repo: string, args: readonly string[], run: GitRunner = git): string | undefined {
  try {
    return run(repo, args);
  } catch (problem) {
    const cause = problem instanceof Error ? problem.cause : undefined;
    if (cause instanceof Error && 'status' in cause && cause.status === 1) return undefined;
    throw problem;
  }
}

/** Whether the folder is the top of a git work tree with at least one commit. */
export function isRepository(folder: string): boolean {
  return whyNoRepository(folder) === undefined;
}

/** Why nothing can be applied to a folder; undefined where it is the top of a git work tree with a commit. */
export function whyNoRepository(folder: string): string | undefined {
  try {
    const top = git(folder, ['rev-parse', '--show-toplevel']);
    if (realpathSync(top) !== realpathSync(folder)) return `it is a folder inside the repository "${top}"`;
  } catch (problem) {
    return messageOf(problem);
  }
  const head = tryGit(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  return head === undefined ? 'it has no commit yet' : undefined;
}

/** The commit HEAD is at. */
export function headCommit(repo: string, run: GitRunner = git): string {
  return run(repo, ['rev-parse', '--verify', 'HEAD^{commit}']);
}

/** The repository's root commit: the same in every clone. With several roots, the first by name. */
export function rootCommit(repo: string, run: GitRunner = git): string {
  return run(repo, ['rev-list', '--max-parents=0', 'HEAD']).split('\n').sort()[0] ?? '';
}

/** The hash the repository names its objects by. */
export function objectFormat(repo: string, run: GitRunner = git): 'sha1' | 'sha256' {
  return tryGit(repo, ['rev-parse', '--show-object-format'], run) === 'sha256' ? 'sha256' : 'sha1';
}

/** The submodules of a commit, path → commit: a tree has them, though they are no files to read or change. */
export function submodules(repo: string, commit: string, run: GitRunner = git): Map<string, string> {
  const links = new Map<string, string>();
  for (const line of run(repo, ['ls-tree', '-r', '-z', '--full-tree', commit]).split('\0')) {
    const [, id, path] = /^160000 commit ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (id !== undefined && path !== undefined) links.set(path, id);
  }
  return links;
}
