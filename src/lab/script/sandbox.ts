import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LabAddress } from '../../model/lab.ts';
import type { Stack } from '../../model/stack.ts';
import type { Dockerode } from '../dockerode.ts';
import { findEngine } from '../engine.ts';
import { eventually, type Look } from '../eventually.ts';
import { plainLog } from '../plain-log.ts';
import { scratchFolder } from '../scratch.ts';
import { labLabel, ownerLabel } from '../sweep.ts';
import { type Asked, startBroker } from './broker.ts';
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

/** Where the candidate's files are for the script. */
const root = '/repository';
const own = '/stackproof';

/**
 * Runs a script of the candidate in a container of its own: no network, nothing writable but the folder of archives, the
 * programs of this host read-only, and in place of `docker` a stand-in whose commands `judge` looks at. So it can touch
 * nothing but the lab.
 * @throws Error where there is no engine on this host
 */
export async function runScript(lab: LabAddress, request: ScriptRequest): Promise<ScriptRun> {
  const engine = await findEngine();
  if ('missing' in engine) throw new Error(engine.missing);
  const { docker } = engine;
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

function writeTools(folder: string): void {
  const source = fileURLToPath(new URL('../standins/script', import.meta.url));
  mkdirSync(join(folder, 'bin'));
  for (const file of ['docker.ts', 'runner.ts']) copyFileSync(join(source, file), join(folder, 'bin', file));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  for (const name of ['docker', 'docker-compose'])
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\nexec ${nodeInside} ${own}/bin/docker.ts "$0" "$@"\n`, {
      mode: 0o755,
    });
}

/** Programs of this host, where it is what the engine runs on: a script is run by what runs it in earnest. */
const programs =
  platform() === 'linux'
    ? ['/usr', '/bin', '/sbin', '/lib', '/lib64', '/etc/alternatives'].filter((path) => existsSync(path))
    : [];
const nodeInside = programs.length > 0 ? `${own}-node` : 'node';

function containerOf(
  image: string,
  tools: string,
  archives: string,
  { candidate, script, words, folder, room }: ScriptRequest,
  labels: Readonly<Record<string, string>>,
): Parameters<Dockerode['createContainer']>[0] {
  const bind = (source: string, target: string, readOnly = true) => ({
    Type: source.startsWith('/') ? ('bind' as const) : ('volume' as const),
    Source: source,
    Target: target,
    ReadOnly: readOnly,
  });
  return {
    Image: image,
    Entrypoint: [nodeInside, `${own}/bin/runner.ts`, folder, room === 0 ? 'fill' : '', `${root}/${script}`, ...words],
    Cmd: [],
    User: `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`,
    WorkingDir: root,
    Env: [
      `PATH=${own}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
      'HOME=/tmp',
      'LC_ALL=C.UTF-8',
    ],
    Labels: { ...labels },
    HostConfig: {
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
      Tmpfs: { '/tmp': 'mode=1777' },
      Mounts: [
        ...programs.map((path) => bind(path, path)),
        ...(programs.length > 0 ? [bind(process.execPath, nodeInside)] : []),
        bind(candidate, root),
        bind(tools, own, false),
        bind(archives, folder, false),
      ],
    },
  };
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

const program = promisify(execFile);

/** Runs a shell command in a container of the lab's tools that has one of the lab's volumes at `/data`. @returns its output */
export async function inVolume(lab: LabAddress, volume: string, command: string, folder?: string): Promise<string> {
  const mounts = ['--volume', `${volume}:/data`, ...(folder === undefined ? [] : ['--volume', `${folder}:/archives`])];
  const image = lab.images.find((one) => one.service === lab.helper.name)?.image ?? '';
  const labels = ['--label', `${labLabel}=${lab.project}`];
  const words = ['run', '--rm', '--network', 'none', '--pull', 'never', '--user', '0:0', '--entrypoint', 'sh'];
  const { stdout } = await program('docker', [...words, ...labels, ...mounts, image, '-euc', command], {
    maxBuffer: 2 ** 26,
  });
  return stdout;
}
