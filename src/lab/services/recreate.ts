import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LabAddress } from '../../model/lab.ts';

/**
 * Makes a service's container anew, as `docker compose up` does after any change of its settings: told to end, removed,
 * made and started. Volumes stay, what was written anywhere else is gone
 * (https://docs.docker.com/reference/cli/docker/compose/up/#force-recreate).
 * @throws Error with the last words of compose where it fails.
 */
export async function recreateService(lab: LabAddress, service: string): Promise<void> {
  const project = ['compose', '-p', lab.project, '-f', join(lab.folder, lab.composeFile)];
  const up = ['up', '--detach', '--no-deps', '--no-build', '--pull', 'never', '--force-recreate', service];
  try {
    await promisify(execFile)('docker', [...project, ...up], { timeout: 120_000 });
  } catch (problem) {
    const words = problem instanceof Error ? problem.message.trim().split('\n').slice(-3).join('; ') : String(problem);
    throw new Error(`service "${service}" cannot be made anew: ${words}`);
  }
}
