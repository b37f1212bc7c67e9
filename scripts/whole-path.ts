import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve(import.meta.dirname, '../src/cli.ts');

/** One verb of the path and what it is for. */
export interface PathStep {
  readonly title: string;
  readonly args: readonly string[];
  /** Exit codes with which the path goes on. */
  readonly goesOnWith: readonly number[];
}

/** Copies a repository into a temporary folder and makes sure that it is a git work tree with everything committed. */
export function gitCopy(source: string, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `stackproof-${name}-`));
  cpSync(source, folder, { recursive: true, verbatimSymlinks: true });
  if (existsSync(join(folder, '.git'))) return folder;
  const git = (...args: string[]): void => {
    execFileSync('git', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'stackproof');
  git('config', 'user.email', 'stackproof@example.com');
  git('add', '--all', '--force');
  git('commit', '--quiet', '--message', 'Import the repository as it is');
  return folder;
}

/** Runs verbs one after another, each with its heading, until one ends otherwise than it may; gives the exit code. */
export function runPath(steps: readonly PathStep[], folder: string): number {
  for (const { title, args, goesOnWith } of steps) {
    console.log(`\n== ${title}\n$ stackproof ${args.join(' ')}\n`);
    const { status } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, stdio: 'inherit' });
    const code = status ?? 1;
    if (!goesOnWith.includes(code)) {
      console.log(
        `\nThe path ends here with exit code ${code}. The copy is in ${folder}, reports in ${join(folder, 'reports')}.`,
      );
      return code === 0 ? 1 : code;
    }
  }
  return 0;
}
