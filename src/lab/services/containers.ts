import { createHash } from 'node:crypto';
import type { LabAddress } from '../../model/lab.ts';
import type { Dockerode } from '../dockerode.ts';
import { engineClient } from '../engine.ts';
import { plainLog } from '../plain-log.ts';

/** What the engine says of a container. */
export interface ContainerState {
  readonly status: string;
  readonly exitCode: number;
  readonly restarts: number;
  /** undefined where the container has no health check. */
  readonly health?: string;
  readonly memory: number;
  readonly nanoCpus: number;
  readonly user: string;
  readonly readOnly: boolean;
  readonly privileged: boolean;
  readonly securityOptions: readonly string[];
  readonly capAdd: readonly string[];
  readonly capDrop: readonly string[];
  /** Bytes; 0 where none. */
  readonly memoryReservation: number;
  /** Number of processes; 0 where there is no limit. */
  readonly pidsLimit: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Where something is mounted. */
  readonly mounts: readonly string[];
}

/** Reads a container's state. @throws Error when the engine or the container is gone. */
export async function containerState(lab: LabAddress, service: string): Promise<ContainerState> {
  const state = await (await containerOf(lab, service)).inspect();
  const host = state.HostConfig;
  const cpus = host.NanoCpus || (host.CpuQuota && host.CpuPeriod ? (host.CpuQuota / host.CpuPeriod) * 1e9 : 0);
  return {
    status: state.State.Status,
    exitCode: state.State.ExitCode,
    restarts: state.RestartCount,
    ...(state.State.Health === undefined ? {} : { health: state.State.Health.Status }),
    memory: host.Memory ?? 0,
    nanoCpus: cpus,
    user: state.Config.User,
    readOnly: host.ReadonlyRootfs ?? false,
    privileged: host.Privileged ?? false,
    securityOptions: host.SecurityOpt ?? [],
    capAdd: host.CapAdd ?? [],
    capDrop: host.CapDrop ?? [],
    memoryReservation: host.MemoryReservation ?? 0,
    pidsLimit: Math.max(0, host.PidsLimit ?? 0),
    environment: Object.fromEntries((state.Config.Env ?? []).map((pair) => splitOnce(pair))),
    mounts: (state.Mounts ?? []).map((mount) => mount.Destination),
  };
}

/** The last lines of a container's log. */
export async function logTail(lab: LabAddress, service: string, lines: number): Promise<string> {
  const log = await (await containerOf(lab, service)).logs({ stdout: true, stderr: true, tail: lines });
  return plainLog(log).trim();
}

/** Sends a signal to the main process of a container. */
export async function signalMain(lab: LabAddress, service: string, signal: string): Promise<void> {
  await (await containerOf(lab, service)).kill({ signal });
}

/** SHA-256 of a file as the container sees it, or undefined where it sees none. */
export async function fileDigest(lab: LabAddress, service: string, path: string): Promise<string | undefined> {
  const container = await containerOf(lab, service);
  try {
    const archive = await container.getArchive({ path });
    return createHash('sha256')
      .update(await firstMember(archive))
      .digest('hex');
  } catch (problem) {
    if (problem instanceof Error && 'statusCode' in problem && problem.statusCode === 404) return undefined;
    throw problem;
  }
}

/** Ends a service's container at once, as a crash would; its restart policy does not bring it back. One that is down stays so. */
export async function killService(lab: LabAddress, service: string): Promise<void> {
  const container = await containerOf(lab, service);
  if ((await container.inspect()).State.Running) await container.stop({ t: 0 });
}

/** Starts a service's container again; one that runs is left alone. */
export async function startService(lab: LabAddress, service: string): Promise<void> {
  const container = await containerOf(lab, service);
  if (!(await container.inspect()).State.Running) await container.start();
}

/** A container of the engine's client. */
export type Container = ReturnType<Dockerode['getContainer']>;

/** The container of a service. @throws Error where it is not in the lab, or the engine does not answer. */
export async function containerOf(lab: LabAddress, service: string): Promise<Container> {
  const running = lab.services[service];
  if (running === undefined) throw new Error(`service "${service}" is not in the lab`);
  const docker = await engineClient();
  return docker.getContainer(running.container);
}

/** What a program run in a container writes, or undefined where it fails or is not there. */
export async function outputOf(container: Container, command: string[]): Promise<string | undefined> {
  try {
    const run = await container.exec({ Cmd: command, AttachStdout: true, AttachStderr: true });
    const stream = await run.start({});
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
    return (await run.inspect()).ExitCode === 0 ? plainLog(Buffer.concat(chunks)) : undefined;
  } catch {
    return undefined;
  }
}

/** The bytes of the first plain file in a tar archive: header blocks of 512 bytes, size in octal at 124 (POSIX ustar). */
async function firstMember(archive: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(Buffer.from(chunk));
  const tar = Buffer.concat(chunks);
  for (let start = 0; start + 512 <= tar.length; ) {
    const size = Number.parseInt(tar.toString('latin1', start + 124, start + 136), 8) || 0;
    const type = tar.toString('latin1', start + 156, start + 157);
    if (type === '0' || type === '\0') return tar.subarray(start + 512, start + 512 + size);
    start += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error('the engine sent an archive without a plain file');
}

function splitOnce(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}
