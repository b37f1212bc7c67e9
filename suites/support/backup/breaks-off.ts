import { readdirSync } from 'node:fs';
import type { BackupScript, ScriptRun } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { archivesIn } from './archive.ts';
import {
  age,
  breakOff,
  bytesOf,
  type Course,
  courseOf,
  isWhole,
  lacking,
  lastWords,
  runOn,
  startAgain,
  withCopy,
} from './course.ts';

/** What was left of a run that SIGTERM ended while years old archives lay there. */
interface Ended {
  readonly run: ScriptRun;
  readonly cut: readonly string[];
  readonly lost: readonly string[];
  readonly still: readonly string[];
}

const ended = new Map<string, Promise<Ended>>();

/** A run that is ended from outside leaves nothing that looks complete, and no service stopped for good. */
export async function interrupted(script: BackupScript): Promise<Found> {
  const course = await courseOf(script);
  const unknown = untold(course);
  if (unknown !== undefined) return { unknown };
  const { run, cut, still } = await endedOnce(course);
  const shapes = archivesIn(course.archives).map(shapeOf);
  const left = (signal: string, names: readonly string[]): string[] =>
    names
      .filter((name) => shapes.includes(shapeOf(name)))
      .map((name) => `${signal} broke the run off, and it left "${name}", which looks complete and is not`);
  return {
    looked: 2,
    problems: [
      ...left('SIGKILL', course.cut),
      ...(course.next.code === 0 ? [] : [`the run after one that was killed: ${lastWords(course.next)}`]),
      ...(course.still.length > 0
        ? [`SIGKILL broke a run off, and ${course.still.join(', ')} stood still after the next`]
        : []),
      ...left('SIGTERM', cut),
      ...(run.code === 0 ? ['SIGTERM broke the run off, and it ended with exit code 0'] : []),
      ...(still.length > 0 ? [`SIGTERM broke the run off, and ${still.join(', ')} stayed stopped`] : []),
    ],
  };
}

/** Old archives stay as long as no new one is there and good. */
export async function pruning(script: BackupScript): Promise<Found> {
  const course = await courseOf(script);
  const unknown = untold(course);
  if (unknown !== undefined) return { unknown };
  const { lost } = await endedOnce(course);
  return {
    looked: archivesIn(course.archives).length + lost.length,
    problems: lost.map((name) => `the run was broken off, and "${name}", the last good one, was deleted already`),
  };
}

/** Why nothing is known of a run that was broken off; undefined where there was a good one besides. */
function untold({ killed, first }: Course): string | undefined {
  const unknown = lacking(first);
  if (unknown !== undefined) return unknown;
  if (first.code !== 0) return `it does not run through: ${lastWords(first)}`;
  return killed.interrupted
    ? undefined
    : 'it carries no content of a volume through docker, so it cannot be broken off there';
}

function endedOnce(course: Course): Promise<Ended> {
  const known = ended.get(course.script.file) ?? end(course);
  ended.set(course.script.file, known);
  return known;
}

async function end(course: Course): Promise<Ended> {
  const old = age(course);
  const run = await withCopy(course, async () => {
    const done = await breakOff(course, 'SIGTERM');
    const there = readdirSync(course.archives);
    const fresh = archivesIn(course.archives).filter((name) => !old.includes(name));
    const cut = fresh.filter((name) => !isWhole(course, name));
    return { run: done, cut, lost: old.filter((name) => !there.includes(name)) };
  });
  const still = await startAgain(course.script);
  return { ...run, still };
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
  if (course.first.code !== 0) return { unknown: `it does not run through: ${lastWords(course.first)}` };
  const names = archivesIn(course.archives);
  if (names.length === 0) return { unknown: `it left no archive in ${script.folder}` };
  const smallest = Math.min(...names.map((name) => bytesOf(course, name).length));
  // Room for half of an archive, in whole pages of a file system in memory.
  const done = await runOn(course, { room: Math.floor(smallest / 2 / 4096) * 4096 });
  const shapes = new Set(names.map(shapeOf));
  const left = done.files.filter(({ name }) => shapes.has(shapeOf(name)));
  const still = await startAgain(script);
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
