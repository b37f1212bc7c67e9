import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf } from '../model/message.ts';
import type { Dockerode } from './dockerode.ts';

/** An engine that answers, or why there is none, in one sentence. */
export type Engine = { readonly docker: Dockerode; readonly version: string } | { readonly missing: string };

/**
 * Finds the Docker engine as Testcontainers does (DOCKER_HOST, the socket, the current context). `STACKPROOF_NO_ENGINE=1`
 * acts as if there were none. Testcontainers' reaper is switched off: it needs an image of its own, and what a killed
 * run leaves is swept by label (https://node.testcontainers.org/features/resource-reaper/).
 */
export async function findEngine(): Promise<Engine> {
  if (process.env['STACKPROOF_NO_ENGINE'] === '1')
    return { missing: 'the engine is switched off by STACKPROOF_NO_ENGINE' };
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  try {
    const { getContainerRuntimeClient } = await import('testcontainers');
    const client = await getContainerRuntimeClient();
    const docker = client.container.dockerode;
    const version = await docker.version();
    return { docker, version: version.Version };
  } catch (problem) {
    const words = messageOf(problem);
    return { missing: `no Docker engine answers (${words.split('\n')[0]})` };
  }
}

/** Why an engine that answers cannot boot a copy all the same; undefined where it can. */
export async function bootObstacle(docker: Dockerode): Promise<string | undefined> {
  const program = promisify(execFile);
  try {
    const { stdout } = await program('docker', ['info', '--format', '{{.ID}}'], { timeout: 30_000 });
    // Where DOCKER_HOST or the context leads nowhere, Testcontainers takes the engine of this machine without a word.
    if (stdout.trim() !== (await docker.info()).ID)
      return 'the docker command speaks to another engine than the one that was found: set DOCKER_HOST to the one you mean';
  } catch (problem) {
    const words = problem instanceof Error ? problem.message.trim().split('\n').at(-1) : String(problem);
    return `an engine answers, but not to the docker command, which boots the copy: ${words}`;
  }
  try {
    await program('docker', ['compose', 'version'], { timeout: 30_000 });
    return undefined;
  } catch {
    return 'the engine answers, but "docker compose" does not: install the compose plugin';
  }
}
