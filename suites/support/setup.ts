import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { exampleRun, prepareRun } from '../../src/index.ts';

/**
 * Hands the cases their run. `STACKPROOF_RUN` names one that is ready (the command line made it); without it the
 * bundled example's candidate is booted here and taken down afterwards.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const ready = process.env['STACKPROOF_RUN'];
  if (ready !== undefined) {
    project.provide('stackproofRun', ready);
    return undefined;
  }
  const live = project.name === 'live';
  const prepared = await prepareRun({
    ...(await exampleRun()),
    boot: live,
    pull: process.env['STACKPROOF_PULL'] !== 'never',
    substitutes: 'allow',
    keep: false,
    evidence: join(process.cwd(), 'reports', 'logs'),
    say: (line) => process.stderr.write(`${line}\n`),
  });
  if (live && 'unavailable' in prepared.run.lab) {
    process.stderr.write(`\nLIVE SUITES UNKNOWN, not passed: ${prepared.run.lab.unavailable}\n\n`);
  }
  project.provide('stackproofRun', prepared.file);
  return prepared.stop;
}
