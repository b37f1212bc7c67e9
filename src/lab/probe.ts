import type { LabAddress } from '../model/lab.ts';
import type { Dockerode } from './dockerode.ts';
import { engineClient } from './engine.ts';
import { plainLog } from './plain-log.ts';

type CreateOptions = Parameters<Dockerode['createContainer']>[0];
/** How the engine bounds a container, in its own words. */
export type HostConfig = NonNullable<CreateOptions['HostConfig']>;

/** A throw-away container of the helper's image. */
export interface Probe {
  /** A program for `sh`, and its arguments. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly host?: HostConfig;
  /** Milliseconds after which it is ended. */
  readonly within?: number;
}

/** What became of a probe. */
export interface ProbeResult {
  readonly exitCode: number;
  readonly output: string;
}

/**
 * Runs a program in a throw-away container beside the lab: without a network, a capability or a file that can be
 * written unless `host` says otherwise, and with the lab's labels, so that it goes when the lab goes.
 * @throws Error where the engine refuses it, or it does not end in time
 */
export async function runProbe(
  lab: LabAddress,
  { script, args = [], host = {}, within = 60_000 }: Probe,
): Promise<ProbeResult> {
  const docker = await engineClient();
  const { Config: config } = await docker.getContainer(lab.helper.container).inspect();
  const container = await docker.createContainer({
    Image: config.Image,
    Entrypoint: ['/bin/sh', '-c', script, 'sh'],
    Cmd: [...args],
    User: '0:0',
    Labels: labLabels(config.Labels),
    HostConfig: {
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
      ...host,
    },
  });
  try {
    await container.start();
    const { StatusCode: exitCode }: { StatusCode: number } = await container.wait({
      abortSignal: AbortSignal.timeout(within),
    });
    const log = await container.logs({ stdout: true, stderr: true });
    return { exitCode, output: plainLog(log) };
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/** The labels by which a lab is swept, without those that make a container one of its services. */
export function labLabels(labels: Readonly<Record<string, string>> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(labels ?? {}).filter(([name]) => name.startsWith('stackproof.')));
}
