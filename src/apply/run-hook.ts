import { spawnSync } from 'node:child_process';
import { gitEnvironment } from '../model/git-environment.ts';

/** How a hook is run: the file, its arguments, where, and with what more in its environment. */
export interface HookCall {
  readonly file: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Runs one hook; the output is what it said on both its streams. */
export type HookRunner = (call: HookCall) => { readonly passed: boolean; readonly output: string };

/** Runs a hook as git would: with nothing to read and no editor. */
export function runHook({ file, args, folder, environment }: HookCall): ReturnType<HookRunner> {
  const { GIT_OPTIONAL_LOCKS: _, LC_ALL: __, ...given } = gitEnvironment(process.env);
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...given, ...languageOf(process.env), GIT_EDITOR: ':', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  });
  const output = [stdout, stderr, error?.message].filter(Boolean).join('\n').trim();
  return { passed: status === 0, output };
}

function languageOf({ LC_ALL }: NodeJS.ProcessEnv): { LC_ALL?: string } {
  return LC_ALL === undefined ? {} : { LC_ALL };
}
