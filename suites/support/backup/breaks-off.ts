import { readdirSync } from 'node:fs';
import { type BackupScript, composeOn, inVolume, type ScriptRun } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab } from '../run.ts';
import { archivesIn } from './archive.ts';
import { age, archiveOf, bytesOf, type Course, courseOf, lacking, lastWords, runOn, stopped } from './course.ts';

/** What was seen of a script that was broken off twice and then ran through. */
interface BrokenOff {
  readonly unfinished: readonly string[];
  readonly pruning: readonly string[];
}

const seen = new Map<string, Promise<BrokenOff | { readonly unknown: string }>>();

/** A run that is ended from outside leaves nothing that looks complete, and no service stopped for good. */
export async function interrupted(script: BackupScript): Promise<Found> {
  const known = await brokenOff(script);
  return 'unknown' in known ? known : { looked: 2, problems: known.unfinished };
}

/** Old archives stay as long as no new one is there and good, and go then. */
export async function pruning(script: BackupScript): Promise<Found> {
  const known = await brokenOff(script);
  return 'unknown' in known ? known : { looked: 3, problems: known.pruning };
}

function brokenOff(script: BackupScript): Promise<BrokenOff | { readonly unknown: string }> {
  const known = seen.get(script.file) ?? breakOff(script);
  seen.set(script.file, known);
  return known;
}

async function breakOff(script: BackupScript): Promise<BrokenOff | { readonly unknown: string }> {
  const course = await courseOf(script);
  const unknown = lacking(course.first);
  if (unknown !== undefined) return { unknown };
  if (course.first.code !== 0) return { unknown: `its first run failed: ${lastWords(course.first)}` };
  const unfinished: string[] = [];
  const lost: string[] = [];
  const old = age(course);
  for (const interrupt of ['SIGTERM', 'SIGKILL'] as const) {
    const done = await withBallast(course, () => runOn(course, { interrupt }));
    if (!done.interrupted)
      return { unknown: 'it carries the content of no volume through docker, so it cannot be broken off there' };
    unfinished.push(...afterBreak(course, old, interrupt, done));
    lost.push(
      ...old
        .filter((name) => !readdirSync(course.archives).includes(name))
        .map((name) => `${interrupt} broke the run off, and "${name}", the last good one, was deleted already`),
    );
    const still = interrupt === 'SIGTERM' ? await stopped(script) : [];
    if (still.length > 0) unfinished.push(`SIGTERM broke the run off, and ${still.join(', ')} stayed stopped`);
  }
  const again = await runOn(course, {});
  if (again.code !== 0) unfinished.push(`the run after one that was killed: ${lastWords(again)}`);
  const still = await stopped(script);
  if (still.length > 0) {
    unfinished.push(`SIGKILL broke a run off, and ${still.join(', ')} stayed stopped after the next`);
    await composeOn(lab(), 'start', ...still);
  }
  return { unfinished, pruning: [...new Set([...lost, ...afterRun(course, old, again)])] };
}

/** Where containers write the archives themselves, the volumes are made so large that there is a middle to break off in. */
async function withBallast<T>({ first, kept }: Course, act: () => Promise<T>): Promise<T> {
  const names = first.asked.writes ? kept.map(({ volume }) => `${lab().project}_${volume.volume}`) : [];
  const ballast = '/data/stackproof-ballast';
  for (const name of names) await inVolume(lab(), name, `head -c 67108864 /dev/urandom >${ballast}`);
  try {
    return await act();
  } finally {
    for (const name of names) await inVolume(lab(), name, `rm -f ${ballast}`);
  }
}

function afterBreak(course: Course, old: readonly string[], signal: string, run: ScriptRun): string[] {
  const shapes = new Set(old.map(shapeOf));
  const fresh = archivesIn(course.archives).filter((name) => !old.includes(name) && shapes.has(shapeOf(name)));
  const whole = course.kept.flatMap((kept) => archiveOf(course, kept)?.name ?? []);
  return [
    ...fresh
      .filter((name) => !whole.includes(name))
      .map((name) => `${signal} broke the run off, and it left "${name}", which looks complete and is not`),
    ...(run.code === 0 ? [`${signal} broke the run off, and it ended with exit code 0`] : []),
  ];
}

function afterRun(course: Course, old: readonly string[], { code }: ScriptRun): string[] {
  if (code !== 0) return [];
  const good = course.kept.filter((kept) => archiveOf(course, kept) !== undefined);
  const stayed = archivesIn(course.archives).filter((name) => old.includes(name));
  return [
    ...(good.length === 0 ? ['after the next run there is no good archive'] : []),
    ...(stayed.length > 0 ? [`years old and still there: ${stayed.join(', ')}`] : []),
  ];
}

/** A name without what differs from run to run. */
function shapeOf(name: string): string {
  return name.replace(/\d+/g, '0');
}

/** A script that cannot write all of it says so, leaves nothing that looks complete, and no service stopped. */
export async function fullDisk(script: BackupScript): Promise<Found> {
  const course = await courseOf(script);
  const unknown = lacking(course.first);
  if (unknown !== undefined) return { unknown };
  if (course.first.code !== 0) return { unknown: `its first run failed: ${lastWords(course.first)}` };
  const names = archivesIn(course.archives);
  if (names.length === 0) return { unknown: `it left no archive in ${script.folder}` };
  const smallest = Math.min(...names.map((name) => bytesOf(course, name).length));
  // Room for half of an archive, in whole pages of a file system in memory.
  const done = await runOn(course, { room: Math.floor(smallest / 2 / 4096) * 4096 });
  const shapes = new Set(names.map(shapeOf));
  const left = done.files.filter(({ name }) => shapes.has(shapeOf(name)));
  const still = await stopped(script);
  if (still.length > 0) await composeOn(lab(), 'start', ...still);
  return {
    looked: 3,
    problems: [
      ...(done.code === 0
        ? [
            `there was no room for an archive, and it ended with exit code 0${done.told === '' ? '' : `:\n${done.told}`}`,
          ]
        : []),
      ...left.map(
        ({ name, bytes }) =>
          `there was no room for an archive, and it left "${name}" (${bytes} bytes), which looks complete`,
      ),
      ...(still.length > 0 ? [`the disk was full, and ${still.join(', ')} stayed stopped`] : []),
    ],
  };
}
