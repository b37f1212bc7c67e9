import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dockerode } from './dockerode.ts';
import { followLogs } from './evidence-logs.ts';
import { redacted } from './redact.ts';

/** Follows the containers of a project and keeps their logs and last state in a folder, however they end. */
export interface Recorder {
  /** Writes what is known now (`<service>.log` is always current; this adds `<service>.inspect.json`) and stops following. */
  finish(): Promise<void>;
}

/** How often an engine that went away is asked whether it is back, once a second. */
const patience = 180;

/**
 * Starts following. Testcontainers takes a stack down at once when `up` fails, so logs are streamed from the first
 * start on and the state is read at every `die`, not at the end. All streams end with the engine; where it comes back
 * they are taken up again.
 */
export async function recordEvidence(docker: Dockerode, project: string, folder: string): Promise<Recorder> {
  await mkdir(folder, { recursive: true });
  const label = [`com.docker.compose.project=${project}`];
  const pending = new Set<Promise<void>>();
  const later = (work: Promise<void>): void => {
    const tracked = work.catch(() => undefined).finally(() => pending.delete(tracked));
    pending.add(tracked);
  };
  const logs = followLogs(docker, folder, later);
  const keepState = (id: string, service: string): void =>
    later(inspect(docker, id, join(folder, `${service}.inspect.json`)));
  let events: NodeJS.ReadableStream | undefined;
  let finished = false;
  const listen = async (): Promise<void> => {
    const filters = JSON.stringify({ type: ['container'], event: ['start', 'die'], label });
    events = await docker.getEvents({ filters });
    events.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().split('\n').filter(Boolean)) {
        const { id, service, action } = readEvent(line);
        if (id === undefined || service === undefined) continue;
        if (action === 'start') logs.started(id, service);
        if (action === 'die') keepState(id, service);
      }
    });
    events.on('error', () => undefined);
    events.on('close', () => {
      if (!finished) later(listenAgain());
    });
  };
  const listenAgain = async (): Promise<void> => {
    for (let tries = 0; tries < patience && !finished; tries += 1) {
      await sleep(1_000);
      try {
        await listen();
        const containers = await docker.listContainers({ filters: JSON.stringify({ label }) });
        for (const { Id: id } of containers) logs.resumed(id);
        return;
      } catch {
        // Still away.
      }
    }
  };
  await listen();
  return {
    finish: async () => {
      finished = true;
      for (const [id, service] of logs.services()) keepState(id, service);
      await Promise.all(pending);
      if (events !== undefined) destroy(events);
      logs.finish();
    },
  };
}

/** An open stream keeps the process from ending. */
function destroy(stream: NodeJS.ReadableStream): void {
  if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
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

async function inspect(docker: Dockerode, id: string, file: string): Promise<void> {
  await writeFile(file, `${JSON.stringify(redacted(await docker.getContainer(id).inspect()), null, 2)}\n`);
}
