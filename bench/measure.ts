import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installed } from '../scripts/installed.ts';

/** What one or several commands took together; memory is the highest of them. */
export interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

const clock = '/usr/bin/time';

/** Runs commands one after another. @throws Error where one cannot be run, or ends with 2 or more. */
export function cost(commands: readonly Command[]): Cost {
  if (!existsSync(clock)) throw new Error(`${clock} is missing: install the package "time"`);
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-bench-'));
  const report = join(folder, 'report');
  let [wallMs, cpuMs, peakMb] = [0, 0, 0];
  try {
    for (const command of commands) {
      const from = performance.now();
      const { status, stderr } = spawnSync(clock, ['-q', '-o', report, '-f', '%U %S %M', ...command], {
        stdio: ['ignore', 'ignore', 'pipe'],
        encoding: 'utf8',
      });
      wallMs += performance.now() - from;
      if (status === null || status > 1) throw new Error(`${command.join(' ')} ended with ${status}: ${stderr}`);
      const [user = 0, system = 0, peak = 0] = readFileSync(report, 'utf8').trim().split(' ').map(Number);
      cpuMs += (user + system) * 1000;
      peakMb = Math.max(peakMb, peak / 1024);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { wallMs, cpuMs, peakMb };
}

/** The median costs of several commands, run in turns so that a busy machine is busy for all of them. */
export function inTurns<K extends string>(
  rounds: number,
  runs: Readonly<Record<K, readonly Command[]>>,
): Record<K, Cost> {
  const names = Object.keys(runs).filter((name): name is K => name in runs);
  for (const name of names) cost(runs[name]);
  const taken: { readonly name: K; readonly cost: Cost }[] = [];
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) taken.push({ name, cost: cost(runs[name]) });
  const medians = {} as Record<K, Cost>;
  for (const name of names) {
    const mine = taken.filter((one) => one.name === name).map((one) => one.cost);
    medians[name] = {
      wallMs: median(mine.map((one) => one.wallMs)),
      cpuMs: median(mine.map((one) => one.cpuMs)),
      peakMb: median(mine.map((one) => one.peakMb)),
    };
  }
  return medians;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** A quotient with two digits. */
export function ratio(ours: number, theirs: number): string {
  return (ours / theirs).toFixed(2);
}

let program: string | undefined;

/** This program as users have it: packed and installed. */
export function stackproof(...args: string[]): Command {
  program ??= installed();
  return [process.execPath, program, ...args];
}
