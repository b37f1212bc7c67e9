import { messageOf } from '../../src/model/message.ts';
import { probed } from './probe.ts';
import { type Aftermath, aftermathOf, fresh, type Trial } from './trial.ts';
import { run } from './worlds.ts';

/** How a call fails: once, from there on, or after it has done what it was asked. */
export type Way = 'once' | 'from then on' | 'after acting';

/** The errors a full, broken or forbidden disk gives (errno(3)). */
const errors = { EIO: 'i/o error', ENOSPC: 'no space left on device', EACCES: 'permission denied' } as const;

const ways: readonly Way[] = ['once', 'from then on', 'after acting'];
const codes = ['EIO', 'ENOSPC', 'EACCES'] as const;

/** What a run said whose n-th call failed, with what it left; `said` is undefined where it made do without the call. */
export interface Failed extends Aftermath {
  readonly call: string;
  readonly said?: string;
}

/** Lets the n-th call fail (counted from 1), and tells what the run left and whether the next run ends it. */
export function fail(trial: Trial, nth: number, code: keyof typeof errors, way: Way): Failed {
  const repo = fresh(trial);
  let calls = 0;
  const outside = probed((name, act) => {
    calls += 1;
    const hit = way === 'from then on' ? calls >= nth : calls === nth;
    if (!hit) return act();
    if (way === 'after acting') act();
    throw problemOf(name, code);
  });
  const said = saidBy(() => run(trial.verb, trial.world, repo, outside));
  const call = `${nth} ${trial.calls[nth - 1] ?? ''}`;
  return { call, ...(said === undefined ? {} : { said }), ...aftermathOf(trial) };
}

/**
 * Lets every call fail in turn: in nine passes each with every error in every way, in fewer with some of them.
 * @returns the aftermaths by how the call failed
 */
export function failures(trial: Trial, passes: number, every = 1): [string, Failed[]][] {
  const found = new Map<string, Failed[]>();
  for (let nth = 1; nth <= trial.calls.length; nth += every) {
    for (let pass = 0; pass < passes; pass += 1) {
      const kind = (nth + pass) % 9;
      const code = codes[kind % 3] ?? 'EIO';
      const way = ways[Math.floor(kind / 3)] ?? 'once';
      const name = `${code} (${errors[code]}), ${way}`;
      found.set(name, [...(found.get(name) ?? []), fail(trial, nth, code, way)]);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

function saidBy(act: () => object): string | undefined {
  try {
    const done = act();
    return 'refused' in done ? String(done.refused) : undefined;
  } catch (problem) {
    return messageOf(problem);
  }
}

/** The error as Node gives it; git tells its own on standard error and leaves with 128. */
function problemOf(name: string, code: keyof typeof errors): Error {
  const words = `${code}: ${errors[code]}`;
  if (!name.startsWith('git ')) return Object.assign(new Error(`${words}, ${name}`), { code });
  return new Error(`${name} failed: fatal: ${words}`, { cause: Object.assign(new Error(words), { status: 128 }) });
}
