import { cpSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BackupScript,
  composeOn,
  containerState,
  eventually,
  inVolume,
  type Look,
  runScript,
  type SavedVolume,
  type ScriptRequest,
  type ScriptRun,
  writeTree,
} from '../../../src/index.ts';
import { lab, run } from '../run.ts';
import { archivesIn, archiveWith, type FoundArchive } from './archive.ts';
import { type Keepsake, keep, witness } from './keepsakes.ts';

/** A volume with what was put into it. */
export interface Kept {
  readonly volume: SavedVolume;
  readonly digest: string;
  readonly keepsakes: readonly Keepsake[];
}

/** One script on the lab: what the volumes hold, a run that was killed, and the next one, which ran through. */
export interface Course {
  readonly script: BackupScript;
  readonly archives: string;
  readonly kept: readonly Kept[];
  readonly killed: ScriptRun;
  /** Archives that the killed run left and that cannot be read, or do not hold what was in the volume. */
  readonly cut: readonly string[];
  readonly next: ScriptRun;
  /** The run that counts: the next one, or where that failed, one more. */
  readonly first: ScriptRun;
  /** Services that stood still after that. */
  readonly still: readonly string[];
}

const courses = new Map<string, Promise<Course>>();
let candidate: string | undefined;

/** The course of a script: things to remember are put into its volumes, and it runs once. */
export function courseOf(script: BackupScript): Promise<Course> {
  const known = courses.get(script.file) ?? start(script);
  courses.set(script.file, known);
  return known;
}

async function start(script: BackupScript): Promise<Course> {
  const archives = emptyFolder();
  const kept = await Promise.all(
    script.saves.map(async (volume): Promise<Kept> => {
      await runs(volume.service);
      return { volume, ...(await keep(volume)) };
    }),
  );
  const place = { script, archives, kept };
  const killed = await breakOff(place, 'SIGKILL');
  const cut = archivesIn(archives).filter((name) => !isWhole(place, name));
  const next = await runOn(place, {});
  const first = next.code === 0 || !killed.interrupted ? next : await runOn(place, {});
  const still = await startAgain(script);
  return { ...place, killed, cut, next, first, still };
}

/**
 * Runs the script until the first content of a volume is on its way. Where containers write the archives themselves, the
 * volumes are made so large that there is a middle to break off in.
 */
export async function breakOff(
  place: Pick<Course, 'script' | 'archives' | 'kept'>,
  interrupt: 'SIGTERM' | 'SIGKILL',
): Promise<ScriptRun> {
  const names = place.script.writes ? place.kept.map(({ volume }) => `${lab().project}_${volume.volume}`) : [];
  const ballast = '/data/stackproof-ballast';
  for (const name of names) await inVolume(lab(), name, `head -c 67108864 /dev/urandom >${ballast}`);
  try {
    return await runOn(place, { interrupt });
  } finally {
    for (const name of names) await inVolume(lab(), name, `rm -f ${ballast}`);
  }
}

/** Whether an archive can be read to its end and holds what was put into one of the volumes. */
export function isWhole({ archives, kept }: Pick<Course, 'archives' | 'kept'>, name: string): boolean {
  return kept.some(({ digest }) => archiveWith(archives, witness, digest, [name]) !== undefined);
}

/** A folder for archives. */
export function emptyFolder(): string {
  return writeTree({ origin: 'archives', files: new Map() }, 'run');
}

/** Runs a script of the course: the backup itself, or another of its files. */
export async function runOn(
  { script, archives }: Pick<Course, 'script' | 'archives'>,
  more: Partial<Pick<ScriptRequest, 'script' | 'words' | 'room' | 'interrupt'>>,
): Promise<ScriptRun> {
  candidate ??= writeTree(run.repository.tree, 'candidate');
  const folder = script.folder ?? '/archives';
  return runScript(lab(), { stack: run.stack, candidate, script: script.file, words: [], folder, archives, ...more });
}

/** The newest archive of a volume that can be read to its end, told by the file that was put into the volume. */
export function archiveOf({ archives }: Course, { digest }: Kept): FoundArchive | undefined {
  return archiveWith(archives, witness, digest);
}

/** Waits until a service runs. @throws NeverHappened where it does not */
export async function runs(service: string): Promise<void> {
  await eventually(
    `service "${service}" runs`,
    async (): Promise<Look<true>> => {
      const { status, exitCode } = await containerState(lab(), service);
      return status === 'running'
        ? { done: true, value: true }
        : { done: false, seen: `${status}, exit code ${exitCode}` };
    },
    { within: 20_000 },
  );
}

/** The services of a script that do not run. */
async function stopped({ saves }: BackupScript): Promise<string[]> {
  const states = await Promise.all(
    saves.map(async ({ service }) => ({ service, state: await containerState(lab(), service).catch(() => undefined) })),
  );
  return [...new Set(states.filter(({ state }) => state?.status !== 'running').map(({ service }) => service))];
}

/** Starts what a run left stopped, so that the next case finds all of it running. @returns what stood still */
export async function startAgain(script: BackupScript): Promise<string[]> {
  const still = await stopped(script);
  if (still.length > 0) await composeOn(lab(), 'start', ...still);
  return still;
}

/** Makes all that lies in the folder old, by years. */
export function age({ archives }: Course): string[] {
  const names = readdirSync(archives).filter((name) => !name.startsWith('.'));
  for (const name of names) utimesSync(join(archives, name), new Date(2001, 0, 1), new Date(2001, 0, 1));
  return names;
}

/** Puts what lies in the folder aside for as long as something is done to it. */
export async function withCopy<T>({ archives }: Course, act: () => Promise<T>): Promise<T> {
  const copy = emptyFolder();
  cpSync(archives, copy, { recursive: true, preserveTimestamps: true });
  try {
    return await act();
  } finally {
    for (const name of readdirSync(archives)) rmSync(join(archives, name), { recursive: true });
    cpSync(copy, archives, { recursive: true, preserveTimestamps: true });
    rmSync(copy, { recursive: true });
  }
}

/** Why nothing can be said of a script after a run that failed for what the lab lacks; undefined where it can. */
export function lacking({ code, told, asked }: ScriptRun): string | undefined {
  if (code === 0) return undefined;
  if (told.includes('docker: the lab does not answer'))
    return 'the engine shares no socket of this machine with its containers, so no script can be run beside the lab';
  if (asked.refusals.length > 0)
    return `the lab does not open to a script what it asks for: ${asked.refusals.join('; ')}`;
  const [, program] = / (?:line )?\d+: (\S+): (?:command )?not found/.exec(told) ?? [];
  if (program !== undefined) return `the script needs "${program}", which is not on this machine`;
  const outside = told.split('\n').find((line) => /Read-only file system/i.test(line));
  if (outside !== undefined)
    return `the script writes elsewhere than to its archives and /tmp, which is not opened to it: ${outside.trim()}`;
  const root = told.split('\n').find((line) => /\b(?:as|be|need|not) root\b|root privileges/i.test(line));
  return root === undefined ? undefined : `the script wants to be root, which it is not here: ${root.trim()}`;
}

/** The last words of a run, for a message. */
export function lastWords({ told, code }: ScriptRun): string {
  const words = told.split('\n').slice(-6).join('\n');
  return `it ended with ${code === undefined ? 'a signal' : `exit code ${code}`}${words === '' ? ' and said nothing' : `:\n${words}`}`;
}

/** Takes away what the courses put into the lab and onto this machine. */
export async function tidy(): Promise<void> {
  for (const course of courses.values()) {
    const known = await course.catch(() => undefined);
    if (known === undefined) continue;
    for (const { keepsakes } of known.kept) for (const { forget } of keepsakes) await forget().catch(() => undefined);
    rmSync(known.archives, { recursive: true, force: true });
  }
  if (candidate !== undefined) rmSync(candidate, { recursive: true, force: true });
}

/** A file of the folder as bytes. */
export function bytesOf({ archives }: Course, name: string): Buffer {
  return readFileSync(join(archives, name));
}
