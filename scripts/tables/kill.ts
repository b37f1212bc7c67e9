import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Aftermath, aftermathOf, fresh, type Trial } from './trial.ts';

const script = resolve(import.meta.dirname, 'victim.ts');

/** Where a run is killed: at the n-th time a step is done, before its n-th call, or from outside. */
export type Where =
  | { readonly step: string; readonly count: number }
  | { readonly call: number }
  | { readonly after: number; readonly group: boolean };

/** Starts the verb of a trial in a process of its own, on the copy at the trial's place. */
export function startVictim(trial: Trial, ...where: string[]): ChildProcess {
  const args = [script, trial.verb, trial.place, requestFile(trial), ...where];
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'stackproof-victims') };
  return spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
}

/** What a process said, and the signal that ended it. */
export interface Ended {
  readonly said: string;
  readonly complaint: string;
  readonly signal: NodeJS.Signals | null;
}

/** Waits for a process to end. */
export function endOf(child: ChildProcess): Promise<Ended> {
  let said = '';
  let complaint = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (_, signal) => done({ said, complaint, signal }));
  });
}

/** Kills one run and tells what it left and whether the next run ends it; undefined where it had ended before. */
export async function kill(trial: Trial, where: Where): Promise<Aftermath | undefined> {
  fresh(trial);
  const child =
    'step' in where
      ? startVictim(trial, 'step', where.step, String(where.count))
      : startVictim(trial, ...('call' in where ? ['call', String(where.call)] : []));
  if ('after' in where) {
    child.stdout?.once('data', () => setTimeout(() => end(child, where.group), where.after));
  }
  const { signal, complaint } = await endOf(child);
  if (signal !== 'SIGKILL') {
    if ('after' in where) return undefined;
    throw new Error(`${trial.verb} on "${trial.world.name}" was not killed at ${JSON.stringify(where)}: ${complaint}`);
  }
  return aftermathOf(trial);
}

/** Kills a process, with all that it started if `group` says so. */
function end(child: ChildProcess, group: boolean): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    process.kill(group ? -pid : pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

const files = new WeakMap<Trial, string>();

function requestFile(trial: Trial): string {
  const known = files.get(trial);
  if (known !== undefined) return known;
  const { candidate, loaded, now, ...rest } = trial.world.request;
  const { plan, file: planFile, digest } = loaded;
  const contents = [...candidate.files.values()].map(({ path, mode, bytes }) => ({
    path,
    mode,
    base64: Buffer.from(bytes).toString('base64'),
  }));
  const file = join(mkdtempSync(join(tmpdir(), 'stackproof-request-')), 'request.json');
  writeFileSync(file, JSON.stringify({ ...rest, loaded: { plan, file: planFile, digest }, now, files: contents }));
  files.set(trial, file);
  return file;
}
