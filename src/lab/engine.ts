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

/** The client of the engine. @throws Error where none answers. */
export async function engineClient(): Promise<Dockerode> {
  const engine = await findEngine();
  if ('missing' in engine) throw new Error(engine.missing);
  return engine.docker;
}

/** What a copy that is booted may ask of an engine. */
export interface Abilities {
  /** Processors of its host. */
  readonly cpus: number;
  /** Bytes of memory of its host. */
  readonly memory: number;
  /** Whether it probes in another interval until a container is healthy. */
  readonly startInterval: boolean;
}

/** What an engine that answers can do for a copy, or why it cannot boot one all the same. */
export async function abilitiesOf(docker: Dockerode): Promise<Abilities | { readonly obstacle: string }> {
  const program = promisify(execFile);
  const info = await docker.info();
  try {
    const { stdout } = await program('docker', ['info', '--format', '{{.ID}}'], { timeout: 30_000 });
    // Where DOCKER_HOST or the context leads nowhere, Testcontainers takes the engine of this machine without a word.
    if (stdout.trim() !== info.ID) {
      return {
        obstacle:
          'the docker command speaks to another engine than the one that was found: set DOCKER_HOST to the one you mean',
      };
    }
  } catch (problem) {
    const words = problem instanceof Error ? problem.message.trim().split('\n').at(-1) : String(problem);
    return { obstacle: `an engine answers, but not to the docker command, which boots the copy: ${words}` };
  }
  try {
    const { stdout } = await program('docker', ['compose', 'version', '--short'], { timeout: 30_000 });
    const { ApiVersion: api } = await docker.version();
    const startInterval = reaches(api, [1, 44]) && reaches(stdout, [2, 30]);
    return { cpus: info.NCPU, memory: info.MemTotal, startInterval };
  } catch {
    return { obstacle: 'the engine answers, but "docker compose" does not: install the compose plugin' };
  }
}

/** The engine's API has `start_interval` since 1.44; the first plugins that had it were not sound (docker/compose#11683). */
function reaches(version: string, [major, minor]: readonly [number, number]): boolean {
  const [, first, second] = /(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(first) > major || (Number(first) === major && Number(second) >= minor);
}
