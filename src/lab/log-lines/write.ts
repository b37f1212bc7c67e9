import { appendFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { LabAddress } from '../../model/lab.ts';
import type { Dockerode } from '../dockerode.ts';
import { engineClient } from '../engine.ts';
import { logWriterService } from '../log-writer.ts';
import { isRemote } from '../remote.ts';
import type { Feed } from './feed.ts';

/** Writes lines where a job reads them, after what is there. @throws Error with the reason where that cannot be done. */
export async function writeLines(lab: LabAddress, { folder, path }: Feed, lines: readonly string[]): Promise<void> {
  const text = lines.map((line) => `${line}\n`).join('');
  if (folder.via === 'file') {
    if (isRemote()) throw new Error(`"${folder.target}" is a file on the machine of the engine, which is another`);
    appendFileSync(join(lab.folder, folder.at), text);
    return;
  }
  const docker = await engineClient();
  if (folder.via === 'engine') await print(docker.getContainer(`${lab.project}-${logWriterService}-1`), text);
  else
    await append(
      docker.getContainer(lab.helper.container),
      posix.join(folder.at, path.slice(folder.target.length)),
      text,
    );
}

type Container = ReturnType<Dockerode['getContainer']>;

/** The container prints what it reads, and the engine logs it line by line. */
async function print(container: Container, text: string): Promise<void> {
  const stream = await container.attach({ stream: true, stdin: true, hijack: true });
  await new Promise<void>((resolve, reject) => {
    stream.once('error', reject);
    stream.end(text, resolve);
  });
}

/** The folder of a volume belongs to whoever made it first, so the engine starts this as root. */
async function append(container: Container, file: string, text: string): Promise<void> {
  const script = 'mkdir -p "$1" && printf %s "$3" >> "$2"';
  const exec = await container.exec({
    Cmd: ['sh', '-c', script, 'sh', posix.dirname(file), file, text],
    User: '0:0',
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await exec.start({});
  const said: Buffer[] = [];
  for await (const chunk of stream) said.push(Buffer.from(chunk));
  const { ExitCode: code } = await exec.inspect();
  if (code !== 0)
    throw new Error(`"${file}" cannot be written: ${Buffer.concat(said).toString().trim().slice(0, 200)}`);
}
