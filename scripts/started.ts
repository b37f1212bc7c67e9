import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Receipt } from '../src/index.ts';
import type { Dockerode } from '../src/lab/dockerode.ts';
import { type Attempts, countingAttempts, whyUncounted } from './attempts.ts';

/** What `npm start` came to. */
export interface Started {
  readonly status: number | null;
  readonly stdout: string;
  /** The copy of the example it went through. */
  readonly folder: string;
  readonly receipt: Receipt | undefined;
  /** What its lab sent to addresses outside; undefined where nobody can count that. */
  readonly attempts: Attempts | undefined;
}

/** Runs `npm start` in a process of its own, and counts meanwhile what its lab sends to addresses outside. */
export async function start(docker: Dockerode): Promise<Started> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.ts')], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise((done) => child.on('close', done));
  const all = whyUncounted() === undefined ? await countingAttempts(docker, ended) : undefined;
  await ended;
  const project = /lab "(\S+)" is up/.exec(stderr)?.[1] ?? 'no lab';
  const mine = all === undefined ? undefined : [...all].filter(([network]) => network.startsWith(`${project}_`));
  const folder = /copied to (\S+)/.exec(stdout)?.[1] ?? '';
  return {
    status: child.exitCode,
    stdout: `${stdout}\n${stderr}`,
    folder,
    receipt: receiptOf(folder),
    attempts: mine === undefined ? undefined : new Map(mine),
  };
}

function receiptOf(folder: string): Receipt | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'reports/receipt.json'), 'utf8'));
  } catch {
    return undefined;
  }
}
