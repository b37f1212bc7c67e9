import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dockerode } from './dockerode.ts';
import { redacted } from './redact.ts';

/** Follows the containers of a project and keeps their logs and last state in a folder, however they end. */
export interface Recorder {
  /** Writes what is known now (`<service>.log` is always current; this adds `<service>.inspect.json`) and stops following. */
  finish(): Promise<void>;
}

/**
 * Starts following. Testcontainers takes a stack down at once when `up` fails, so logs are streamed from the first
 * start on and the state is read at every `die`, not at the end.
 */
export async function recordEvidence(docker: Dockerode, project: string, folder: string): Promise<Recorder> {
  await mkdir(folder, { recursive: true });
  const known = new Map<string, string>();
  const pending = new Set<Promise<void>>();
  const streams = new Set<NodeJS.ReadableStream>();
  const events = await docker.getEvents({
    filters: JSON.stringify({
      type: ['container'],
      event: ['start', 'die'],
      label: [`com.docker.compose.project=${project}`],
    }),
  });
  const later = (work: Promise<void>): void => {
    const tracked = work.catch(() => undefined).finally(() => pending.delete(tracked));
    pending.add(tracked);
  };
  events.on('data', (chunk: Buffer) => {
    for (const line of chunk.toString().split('\n').filter(Boolean)) {
      const { id, service, action } = readEvent(line);
      if (id === undefined || service === undefined) continue;
      if (action === 'start' && !known.has(id)) {
        known.set(id, service);
        later(follow(docker, id, join(folder, `${service}.log`)).then((stream) => void streams.add(stream)));
      }
      if (action === 'die') later(inspect(docker, id, join(folder, `${service}.inspect.json`)));
    }
  });
  return {
    finish: async () => {
      for (const [id, service] of known) later(inspect(docker, id, join(folder, `${service}.inspect.json`)));
      await Promise.all(pending);
      // The logs of a lab that stays never end, and an open stream keeps the process from ending.
      for (const stream of [events, ...streams])
        if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
    },
  };
}

function readEvent(line: string): { id?: string; service?: string; action?: string } {
  try {
    const event: { id?: string; Action?: string; Actor?: { Attributes?: Record<string, string> } } = JSON.parse(line);
    const service = event.Actor?.Attributes?.['com.docker.compose.service'];
    return {
      ...(event.id === undefined ? {} : { id: event.id }),
      ...(service === undefined ? {} : { service }),
      ...(event.Action === undefined ? {} : { action: event.Action }),
    };
  } catch {
    return {};
  }
}

async function follow(docker: Dockerode, id: string, file: string): Promise<NodeJS.ReadableStream> {
  const container = docker.getContainer(id);
  const terminal = (await container.inspect()).Config.Tty;
  const stream = await container.logs({ follow: true, stdout: true, stderr: true, timestamps: true });
  const out = createWriteStream(file, { flags: 'a' });
  out.on('error', () => undefined);
  // What arrives in one piece may end in the middle of a frame, so the frames are taken apart as they come.
  if (terminal) stream.on('data', (chunk: Buffer) => out.write(chunk));
  else docker.modem.demuxStream(stream, out, out);
  stream.on('end', () => out.end());
  stream.on('error', () => out.end());
  return stream;
}

async function inspect(docker: Dockerode, id: string, file: string): Promise<void> {
  await writeFile(file, `${JSON.stringify(redacted(await docker.getContainer(id).inspect()), null, 2)}\n`);
}
