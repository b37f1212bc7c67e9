import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findEngine, type Receipt } from '../src/index.ts';
import { type Attempts, countingAttempts, whyUncounted } from './attempts.ts';
import { compareOldStack } from './old-stack.ts';

const engine = await findEngine();
const cli = join(import.meta.dirname, '../src/cli.ts');

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();
}

/** Runs `npm start` and counts meanwhile what its lab sent to addresses outside. */
async function start(): Promise<{ status: number | null; stdout: string; attempts: Attempts }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.ts')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise((done) => child.on('close', done));
  const counted = !('missing' in engine) && whyUncounted() === undefined;
  const attempts = counted ? await countingAttempts(engine.docker, ended) : new Map<string, number>();
  await ended;
  const project = /lab "(\S+)" is up/.exec(stderr)?.[1] ?? 'no lab';
  const mine = [...attempts].filter(([network]) => network.startsWith(`${project}_`));
  return { status: child.exitCode, stdout, attempts: new Map(mine) };
}

describe('npm start', () => {
  beforeEach(({ skip }) => {
    if ('missing' in engine) skip(engine.missing);
  });

  it('goes from preview to apply on the bundled example, and rollback takes it back', async () => {
    const { status, stdout, attempts } = await start();
    expect(status, stdout).toBe(0);
    if (whyUncounted() === undefined) {
      expect(attempts.size, 'no network of the lab was seen').toBeGreaterThan(1);
      expect([...attempts].filter(([, packets]) => packets > 0)).toEqual([]);
    }
    const folder = /copied to (\S+)/.exec(stdout)?.[1] ?? '';
    const branch = 'feature/monitoring-consolidation';
    const receipt: Receipt = JSON.parse(readFileSync(join(folder, 'reports/receipt.json'), 'utf8'));
    expect(receipt).toMatchObject({ open: true, reasons: [] });
    expect(git(folder, 'rev-parse', `${branch}^{tree}`)).toBe(receipt.tree);
    expect(git(folder, 'rev-parse', `${branch}^`)).toBe(receipt.base);
    const back = spawnSync(process.execPath, [cli, 'rollback', '--repo', folder], { encoding: 'utf8' });
    expect(back.status, back.stderr).toBe(0);
    expect(git(folder, 'diff', '--stat', 'main', branch)).toBe('');
    const { alike, said } = await compareOldStack(folder);
    expect(alike, said).toBe(true);
  });
});
