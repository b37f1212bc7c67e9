import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LabAddress } from '../../model/lab.ts';

const program = promisify(execFile);

/** Runs `docker compose` on the lab's own copy. @throws Error with its last words where it fails */
export async function composeOn(lab: LabAddress, ...words: readonly string[]): Promise<string> {
  const args = ['compose', '--file', join(lab.folder, lab.composeFile), '--project-name', lab.project, ...words];
  try {
    return (await program('docker', args, { timeout: 180_000, maxBuffer: 2 ** 26 })).stdout;
  } catch (problem) {
    const said = problem instanceof Error ? problem.message.trim().split('\n').slice(-3).join('\n') : String(problem);
    throw new Error(`"docker compose ${words.join(' ')}" on the lab: ${said}`);
  }
}

/**
 * Takes volumes away with all that is in them, and makes them and the containers of these services anew, as after the
 * loss of a disk.
 */
export async function loseVolumes(
  lab: LabAddress,
  services: readonly string[],
  volumes: readonly string[],
): Promise<void> {
  // A lost disk waits for nobody to write.
  await composeOn(lab, 'kill', ...services);
  await composeOn(lab, 'rm', '--force', ...services);
  await program('docker', ['volume', 'rm', ...volumes.map((volume) => `${lab.project}_${volume}`)]);
  await composeOn(lab, 'up', '--detach', '--no-deps', '--pull', 'never', '--quiet-pull', ...services);
}
