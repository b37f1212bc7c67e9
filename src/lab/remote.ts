import { execFile } from 'node:child_process';
import { createServer, type Socket } from 'node:net';
import { basename, dirname } from 'node:path';
import { Writable } from 'node:stream';
import { promisify } from 'node:util';
import type { Dockerode } from './dockerode.ts';

/** What is needed to reach an engine that has neither our files nor our 127.0.0.1. */
export interface RemoteCopy {
  readonly docker: Dockerode;
  /** The image of the throw-away containers: the helper's. */
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Whether `DOCKER_HOST` names another machine (https://docs.docker.com/reference/cli/docker/#environment-variables). */
export function isRemote(host: string = process.env['DOCKER_HOST'] ?? ''): boolean {
  if (!/^(tcp|https?|ssh):/.test(host)) return false;
  return !/^\w+:\/\/([^@/]*@)?(localhost|127\.[\d.]+|\[::1\])(:|\/|$)/.test(host);
}

/**
 * Writes a folder to the same path of the engine's host, so that bind mounts find there what they would find here.
 * @throws Error with the engine's or the docker command's words.
 */
export async function copyThere(there: RemoteCopy, folder: string): Promise<void> {
  await throwAway(there, ['setInterval(() => 0, 1e6)'], `${folder}:/copy`, async (container) => {
    await promisify(execFile)('docker', ['cp', `${folder}/.`, `${container}:/copy`], { timeout: 120_000 });
  });
}

/** Removes from the engine's host what `copyThere` wrote. */
export async function removeThere(there: RemoteCopy, folder: string): Promise<void> {
  const script = "require('node:fs').rmSync(process.argv[1], { recursive: true, force: true })";
  const bind = `${dirname(folder)}:/parent`;
  await throwAway(there, [script, `/parent/${basename(folder)}`], bind, async (container) => {
    await there.docker.getContainer(container).wait();
  });
}

async function throwAway(
  { docker, image, labels }: RemoteCopy,
  script: readonly string[],
  bind: string,
  work: (container: string) => Promise<void>,
): Promise<void> {
  const container = await docker.createContainer({
    Image: image,
    Entrypoint: ['node', '-e'],
    Cmd: [...script],
    User: '0:0',
    Labels: labels,
    HostConfig: { Binds: [bind], NetworkMode: 'none', SecurityOpt: ['no-new-privileges:true'] },
  });
  try {
    await container.start();
    await work(container.id);
  } finally {
    await container.remove({ force: true });
  }
}

/** A port of this machine that leads to the helper's proxy through the engine's own connection. */
export interface Tunnel {
  readonly url: string;
  close(): void;
}

/**
 * Listens on 127.0.0.1 (on a free port, or on `at`) and passes every connection on through `docker exec` in the helper
 * container: no port of the engine's host has to be open
 * (https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Exec).
 */
export async function openTunnel(docker: Dockerode, container: string, port: number, at = 0): Promise<Tunnel> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: false }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    passOn(docker, container, port, socket).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(at, '127.0.0.1', resolve));
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the tunnel has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

async function passOn(docker: Dockerode, container: string, port: number, socket: Socket): Promise<void> {
  const script = `const s=require('node:net').connect(${port},'127.0.0.1');process.stdin.pipe(s);s.pipe(process.stdout);s.on('error',()=>process.exit(1));s.on('close',()=>process.exit(0))`;
  const exec = await docker.getContainer(container).exec({
    Cmd: ['node', '-e', script],
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await exec.start({ hijack: true, stdin: true });
  const nobody = new Writable({ write: (_chunk, _encoding, done) => done() });
  docker.modem.demuxStream(stream, socket, nobody);
  socket.pipe(stream);
  stream.on('end', () => socket.end());
  stream.on('error', () => socket.destroy());
  socket.on('close', () => stream.destroy());
}
