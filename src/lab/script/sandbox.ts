import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LabAddress } from '../../model/lab.ts';
import type { Stack } from '../../model/stack.ts';
import type { Dockerode } from '../dockerode.ts';
import { engineClient } from '../engine.ts';
import { eventually, type Look } from '../eventually.ts';
import { plainLog } from '../plain-log.ts';
import { scratchFolder } from '../scratch.ts';
import { labLabel, ownerLabel } from '../sweep.ts';
import { type Asked, startBroker } from './broker.ts';
import { containerOf, root, writeTools } from './container.ts';
import { worldOf } from './world.ts';

/** A script of the candidate to run beside the lab. */
export interface ScriptRequest {
  readonly stack: Stack;
  /** A folder with the candidate's files. */
  readonly candidate: string;
  /** Path of the script in the repository, and what it is called with. */
  readonly script: string;
  readonly words: readonly string[];
  /** The folder the script writes its archives to, and the folder here that stands for it. */
  readonly folder: string;
  readonly archives: string;
  /** In place of `archives`: a disk with room for so many bytes; with 0 it is full. */
  readonly room?: number;
  /** Ends the script by this signal when the first content of a volume is on its way. */
  readonly interrupt?: 'SIGTERM' | 'SIGKILL';
}

/** How a script ended. `code` is undefined where its whole container was killed. */
export interface ScriptRun {
  readonly code: number | undefined;
  readonly told: string;
  readonly asked: Asked;
  readonly interrupted: boolean;
  /** What is in its folder of archives now; unknown where it was killed. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

/**
 * Runs a script of the candidate in a container of its own: no network, nothing writable but the folder of archives, the
 * programs of this host read-only, and in place of `docker` a stand-in whose commands `judge` looks at. So it can touch
 * nothing but the lab.
 * @throws Error where there is no engine on this host
 */
export async function runScript(lab: LabAddress, request: ScriptRequest): Promise<ScriptRun> {
  const docker = await engineClient();
  const helper = await docker.getContainer(lab.helper.container).inspect();
  const labels = {
    [labLabel]: lab.project,
    [ownerLabel]: helper.Config.Labels[ownerLabel] ?? '',
    'stackproof.script': request.script,
  };
  const tools = scratchFolder('run');
  const disk = request.room === undefined ? undefined : await smallDisk(docker, lab, labels, request.room);
  try {
    writeTools(tools);
    const engineFolder = disk ?? request.archives;
    const world = worldOf(lab, request.stack, {
      root,
      toolImage: helper.Image,
      folders: [{ seen: request.folder, engine: engineFolder }],
      labels,
    });
    const { interrupt } = request;
    let interrupted = false;
    const container = await docker.createContainer(containerOf(helper.Image, tools, engineFolder, request, labels));
    const before = readdirSync(request.archives);
    const onCopy = async (writes: boolean): Promise<void> => {
      if (interrupted) return;
      interrupted = true;
      if (writes) await somethingNew(request.archives, before);
      await container.kill({ signal: interrupt });
      // Killed as by a power cut: its containers go with it.
      if (interrupt === 'SIGKILL') await removeContainers(docker, labels);
      else await container.wait();
    };
    const broker = await startBroker(join(tools, 'broker.sock'), world, interrupt === undefined ? undefined : onCopy);
    try {
      await container.start();
      await container.wait();
      const told = plainLog(await container.logs({ stdout: true, stderr: true })).trim();
      const result = resultOf(tools);
      if (result.code === undefined && !interrupted) throw new Error(`the script's container did not run: ${told}`);
      return { ...result, told, asked: broker.asked, interrupted };
    } catch (problem) {
      if (!interrupted) throw problem;
      return { ...resultOf(tools), told: '', asked: broker.asked, interrupted };
    } finally {
      await broker.close();
      await removeContainers(docker, labels);
      for (const name of broker.asked.made)
        await docker
          .getVolume(name)
          .remove({ force: true })
          .catch(() => undefined);
    }
  } finally {
    if (disk !== undefined) await docker.getVolume(disk).remove({ force: true });
    rmSync(tools, { recursive: true, force: true });
  }
}

/** Waits until a file is there that was not, and has something in it. A container that never writes one ends by itself. */
async function somethingNew(folder: string, before: readonly string[]): Promise<void> {
  const look = async (): Promise<Look<true>> => {
    const fresh = readdirSync(folder).filter((name) => !before.includes(name));
    return fresh.some((name) => statSync(join(folder, name)).size > 0)
      ? { done: true, value: true }
      : { done: false, seen: fresh.join(', ') };
  };
  await eventually('something is written to the folder of archives', look, { every: 20 }).catch(() => undefined);
}

/** A file system in memory that is full after so many bytes. */
async function smallDisk(
  docker: Dockerode,
  lab: LabAddress,
  labels: Readonly<Record<string, string>>,
  room: number,
): Promise<string> {
  const name = `${lab.project}_small-disk`;
  const owner = `uid=${process.getuid?.() ?? 0},gid=${process.getgid?.() ?? 0}`;
  const options = { type: 'tmpfs', device: 'tmpfs', o: `size=${room || 4096},mode=0755,${owner}` };
  await docker.createVolume({ Name: name, Driver: 'local', DriverOpts: options, Labels: { ...labels } });
  return name;
}

async function removeContainers(docker: Dockerode, labels: Readonly<Record<string, string>>): Promise<void> {
  const wanted = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  const filters = JSON.stringify({ label: wanted });
  for (const { Id: id } of await docker.listContainers({ all: true, filters }))
    await docker
      .getContainer(id)
      .remove({ force: true, v: true })
      .catch(() => undefined);
}

function resultOf(tools: string): Pick<ScriptRun, 'code' | 'files'> {
  const file = join(tools, 'result.json');
  if (!existsSync(file)) return { code: undefined, files: [] };
  const result: { code?: number; problem?: string; files: ScriptRun['files'] } = JSON.parse(readFileSync(file, 'utf8'));
  if (result.problem !== undefined) throw new Error(`the script could not be started: ${result.problem}`);
  return { code: result.code, files: result.files };
}
