import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isRunning } from '../model/owner.ts';

const scratch = /^stackproof-(?:lab|candidate|run)-(\d+)-\w{6}$/;

/**
 * Makes a temporary folder. Those of a run (`lab`, `candidate`, `run`) go with the process at the latest, whatever ends
 * it, and with the next run if it is killed.
 */
export function scratchFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `stackproof-${name}-${process.pid}-`));
  if (scratch.test(basename(folder))) process.once('exit', () => remove(folder));
  return folder;
}

/** Removes the temporary folders of runs that were killed. What belongs to somebody else stays. */
export function sweepScratch(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = scratch.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    remove(join(tmpdir(), name));
  }
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Another user's.
  }
}
