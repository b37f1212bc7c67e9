import fs from 'node:fs';
import { type GitRunner, git } from './git.ts';
import { type HookRunner, runHook } from './run-hook.ts';
import type { StepName } from './steps.ts';

/** The calls of the file system that apply and rollback make; nothing in this room makes another. */
export type FileCalls = Pick<
  typeof fs,
  | 'accessSync'
  | 'copyFileSync'
  | 'cpSync'
  | 'linkSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'readFileSync'
  | 'readdirSync'
  | 'renameSync'
  | 'rmSync'
  | 'rmdirSync'
  | 'unlinkSync'
  | 'writeFileSync'
>;

/**
 * Everything outside the process that apply and rollback touch, as plain functions. `step` is told of every durable step
 * when it is done; a test hands in an outside whose calls fail, or that ends the process there.
 */
export interface Outside {
  readonly files: FileCalls;
  readonly git: GitRunner;
  readonly hook: HookRunner;
  readonly step: (name: StepName) => void;
}

/** The outside as it is. */
export const outside: Outside = { files: fs, git, hook: runHook, step: () => {} };

/** The file system's or git's own word for what went wrong (`ENOENT`); undefined for another error. */
export function codeOf(problem: unknown): string | undefined {
  return problem instanceof Error && 'code' in problem ? String(problem.code) : undefined;
}
