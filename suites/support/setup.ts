import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { exampleRun, type PreparedRun, prepareRun } from '../../src/index.ts';

/** The lab that the projects of one vitest share, and how many of them still need it. */
interface SharedRun {
  readonly prepared: Promise<PreparedRun>;
  users: number;
}

declare global {
  var stackproofSharedRun: SharedRun | undefined;
}

/**
 * Hands the cases their run. `STACKPROOF_RUN` names one that is ready (the command line made it); without it the
 * bundled example's candidate is booted here, once for all live projects, and taken down after the last of them.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const ready = process.env['STACKPROOF_RUN'];
  if (ready !== undefined) {
    project.provide('stackproofRun', ready);
    endWithParent();
    return undefined;
  }
  if (project.name === 'static') {
    const prepared = await prepare(false);
    project.provide('stackproofRun', prepared.file);
    return prepared.stop;
  }
  // Vitest loads this file anew for every project.
  globalThis.stackproofSharedRun ??= { prepared: prepare(true), users: 0 };
  const shared = globalThis.stackproofSharedRun;
  shared.users += 1;
  const prepared = await shared.prepared;
  if (shared.users === 1 && 'unavailable' in prepared.run.lab)
    process.stderr.write(`\nLIVE SUITES UNKNOWN, not passed: ${prepared.run.lab.unavailable}\n\n`);
  project.provide('stackproofRun', prepared.file);
  return async () => {
    shared.users -= 1;
    if (shared.users === 0) await prepared.stop();
  };
}

/** Whoever started the suites takes the lab down; when it was killed nobody waits for verdicts any more. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  }, 500).unref();
}

async function prepare(boot: boolean): Promise<PreparedRun> {
  return prepareRun({
    ...(await exampleRun()),
    boot,
    pull: process.env['STACKPROOF_PULL'] !== 'never',
    substitutes: 'allow',
    keep: false,
    evidence: join(process.cwd(), 'reports', 'logs'),
    say: (line) => process.stderr.write(`${line}\n`),
  });
}
