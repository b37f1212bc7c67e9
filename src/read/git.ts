import { execFileSync } from 'node:child_process';
import { gitEnvironment } from '../model/git-environment.ts';

const bufferSize = 1024 * 1024 * 1024;

/** What one run of git is given besides its arguments. */
export interface GitInput {
  readonly stdin?: string;
  /** Another file than the repository's own index. */
  readonly index?: string;
}

/**
 * Runs git in a folder and gives its standard output.
 * Throws an Error of one sentence: what was run, and git's first line of complaint.
 */
export function git(folder: string, args: readonly string[], input: GitInput = {}): Buffer {
  try {
    return execFileSync('git', ['-C', folder, '-c', 'core.quotepath=off', ...args], {
      ...(input.stdin === undefined ? {} : { input: input.stdin }),
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: bufferSize,
      env: {
        ...gitEnvironment(process.env),
        ...(input.index === undefined ? {} : { GIT_INDEX_FILE: input.index }),
      },
    });
  } catch (cause) {
    throw new Error(`git ${args[0] ?? ''} failed in "${folder}": ${complaint(cause)}`, { cause });
  }
}

/** Like `git`, but undefined where git fails or is not installed. */
export function tryGit(folder: string, args: readonly string[]): Buffer | undefined {
  try {
    return git(folder, args);
  } catch {
    return undefined;
  }
}

/** The NUL-separated fields of git's `-z` output. */
export function fieldsOf(output: Buffer): string[] {
  return output
    .toString('utf8')
    .split('\0')
    .filter((field) => field !== '');
}

function complaint(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const stderr = 'stderr' in cause && Buffer.isBuffer(cause.stderr) ? cause.stderr.toString('utf8') : '';
  const line = stderr.split('\n').find((text) => text.trim() !== '');
  return line ?? cause.message.split('\n')[0] ?? 'no reason given';
}
