import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';

/** What a git call may be given: text for its standard input, and more environment. */
export interface GitCall {
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs git in a repository and gives its output, trimmed. @throws Error with git's own words. */
export function git(repo: string, args: readonly string[], call: GitCall = {}): string {
  try {
    return execFileSync('git', ['-C', repo, ...args], {
      encoding: 'utf8',
      input: call.input ?? '',
      env: { ...process.env, LC_ALL: 'C', ...call.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: 1 << 30,
    }).trimEnd();
  } catch (problem) {
    const stderr = problem instanceof Error && 'stderr' in problem ? String(problem.stderr).trim() : String(problem);
    throw new Error(`git ${args[0]} failed: ${stderr || 'it said nothing'}`);
  }
}

/** Like `git`, but an exit code other than 0 gives undefined. */
export function tryGit(repo: string, args: readonly string[]): string | undefined {
  try {
    return git(repo, args);
  } catch {
    return undefined;
  }
}

/** Whether the folder is the top of a git work tree with at least one commit. */
export function isRepository(folder: string): boolean {
  const top = tryGit(folder, ['rev-parse', '--show-toplevel']);
  if (top === undefined || realpathSync(top) !== realpathSync(folder)) return false;
  return tryGit(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']) !== undefined;
}

/** The commit HEAD is at. */
export function headCommit(repo: string): string {
  return git(repo, ['rev-parse', '--verify', 'HEAD^{commit}']);
}

/** The repository's root commit: the same in every clone. With several roots, the first by name. */
export function rootCommit(repo: string): string {
  return git(repo, ['rev-list', '--max-parents=0', 'HEAD']).split('\n').sort()[0] ?? '';
}

/** The hash the repository names its objects by. */
export function objectFormat(repo: string): 'sha1' | 'sha256' {
  return tryGit(repo, ['rev-parse', '--show-object-format']) === 'sha256' ? 'sha256' : 'sha1';
}
