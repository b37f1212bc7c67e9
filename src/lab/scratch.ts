import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from './owner.ts';

const scratch = /^stackproof-(?:lab|candidate|run)-(\d+)-\w{6}$/;

/** Makes a temporary folder that a later run removes if this one is killed (`lab`, `candidate`, `run`). */
export function scratchFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `stackproof-${name}-${process.pid}-`));
}

/** Removes the temporary folders of runs that were killed. What belongs to somebody else stays. */
export function sweepScratch(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = scratch.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's.
    }
  }
}
