import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Dockerode } from './dockerode.ts';

/** The log of one container: `stream` while it is read, `until` (seconds) since it is not. */
interface Followed {
  readonly service: string;
  startedAt?: string;
  stream?: NodeJS.ReadableStream | 'opening';
  until?: number;
}

/** Logs of containers that are written to files while they grow. */
export interface FollowedLogs {
  /** A container was started, for the first time or again. */
  started(id: string, service: string): void;
  /** The engine is back, and runs a container it may have run before. */
  resumed(id: string): void;
  /** Whose logs were read, by container. */
  services(): [id: string, service: string][];
  finish(): void;
}

/**
 * Follows logs into `<service>.log`. A stream ends with its container, so what is started again is followed again, from
 * that start on, and what ran on while the engine was away from where its log was left.
 */
export function followLogs(docker: Dockerode, folder: string, later: (work: Promise<void>) => void): FollowedLogs {
  const logs = new Map<string, Followed>();
  let finished = false;
  const follow = async (id: string, log: Followed): Promise<void> => {
    log.stream = 'opening';
    const container = docker.getContainer(id);
    const { Config: config, State: state } = await container.inspect();
    const again = log.startedAt === state.StartedAt ? log.until : Date.parse(state.StartedAt) / 1_000;
    const since = log.startedAt === undefined || again === undefined ? {} : { since: again };
    log.startedAt = state.StartedAt;
    const stream = await container.logs({ follow: true, stdout: true, stderr: true, timestamps: true, ...since });
    log.stream = stream;
    const out = createWriteStream(join(folder, `${log.service}.log`), { flags: 'a' });
    out.on('error', () => undefined);
    // What arrives in one piece may end in the middle of a frame, so the frames are taken apart as they come.
    if (config.Tty) stream.on('data', (chunk: Buffer) => out.write(chunk));
    else docker.modem.demuxStream(stream, out, out);
    stream.on('error', () => undefined);
    stream.on('close', () => {
      out.end();
      delete log.stream;
      log.until = Date.now() / 1_000;
      // The news of the next start may have come before this end.
      if (!finished) later(followNextStart(id, log));
    });
  };
  const followNextStart = async (id: string, log: Followed): Promise<void> => {
    const { State: state } = await docker.getContainer(id).inspect();
    if (state.Running && state.StartedAt !== log.startedAt) begin(id, log);
  };
  const begin = (id: string, log: Followed): void => {
    if (log.stream !== undefined) return;
    later(
      follow(id, log).catch((problem: unknown) => {
        delete log.stream;
        throw problem;
      }),
    );
  };
  return {
    started: (id, service) => {
      const log = logs.get(id) ?? { service };
      logs.set(id, log);
      begin(id, log);
    },
    resumed: (id) => {
      const log = logs.get(id);
      if (log !== undefined) begin(id, log);
    },
    services: () => [...logs].map(([id, { service }]) => [id, service]),
    finish: () => {
      finished = true;
      for (const { stream } of logs.values())
        if (typeof stream === 'object' && 'destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
    },
  };
}
