import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupScript, SavedVolume } from '../../../src/index.ts';
import { composeOn, eventually, inVolume, type Look, loseVolumes } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab } from '../run.ts';
import { unpacked } from './archive.ts';
import {
  archiveOf,
  bytesOf,
  type Course,
  courseOf,
  emptyFolder,
  type Kept,
  lacking,
  lastWords,
  runOn,
  startAgain,
} from './course.ts';
import { type Keepsake, nothing } from './keepsakes.ts';

/** What became of the volumes of a script after they were lost and taken back. */
interface Returned {
  readonly problems: ReadonlyMap<string, readonly string[]>;
  readonly looked: ReadonlyMap<string, number>;
}

const returns = new Map<string, Promise<Returned | { readonly unknown: string }>>();

/** What was in the volume is there again after it was lost and the archive was taken back. */
export async function comesBack(script: BackupScript, { volume }: SavedVolume): Promise<Found> {
  const course = await courseOf(script);
  const unknown = lacking(course.first);
  if (unknown !== undefined) return { unknown };
  if (course.first.code !== 0) return { looked: 1, problems: [`${script.file}: ${lastWords(course.first)}`] };
  const known = returns.get(script.file) ?? loseAndReturn(course);
  returns.set(script.file, known);
  const returned = await known;
  if ('unknown' in returned) return returned;
  const how = script.restore === undefined ? 'by unpacking it: there is no restore' : `by ${script.restore.file}`;
  return {
    looked: returned.looked.get(volume) ?? 0,
    problems: returned.problems.get(volume) ?? [],
    note: [`the archive was taken back ${how}`, ...new Set(course.first.asked.notes)].join('; '),
  };
}

async function loseAndReturn(course: Course): Promise<Returned | { readonly unknown: string }> {
  const problems = new Map<string, string[]>(course.kept.map(({ volume }) => [volume.volume, []]));
  const tell = ({ volume }: Kept, problem: string): void => {
    problems.get(volume.volume)?.push(problem);
  };
  const saved = course.kept.filter((kept) => {
    if (archiveOf(course, kept) !== undefined) return true;
    tell(kept, `no archive in ${course.script.folder} that can be read to its end holds what was in the volume`);
    return false;
  });
  const services = [...new Set(saved.map(({ volume }) => volume.service))];
  if (saved.length > 0)
    await loseVolumes(
      lab(),
      services,
      saved.map(({ volume }) => volume.volume),
    );
  const all = saved.flatMap((kept) => kept.keepsakes.map((keepsake) => ({ kept, keepsake })));
  const without = await Promise.all(all.map(({ keepsake }) => answerOf(keepsake, () => true)));
  // What is not lost with the volume proves nothing of the archive.
  const held = all.find(({ keepsake }, index) => without[index] === keepsake.said);
  if (held !== undefined)
    return { unknown: `${held.keepsake.about} was not lost with volume "${held.kept.volume.volume}"` };
  const told = saved.length === 0 ? undefined : await takeBack(course, saved);
  if (typeof told === 'object') return told;
  if (told !== undefined) for (const kept of saved) tell(kept, told);
  await Promise.all(
    all.map(async ({ kept, keepsake }) => {
      const said = await answerOf(keepsake, (now) => now === keepsake.said);
      if (said !== keepsake.said) tell(kept, `${keepsake.about}: it was\n${keepsake.said}\nand is now\n${said}`);
    }),
  );
  return {
    problems,
    looked: new Map(course.kept.map(({ volume, keepsakes }) => [volume.volume, keepsakes.length])),
  };
}

/** What a keepsake says, as soon as it says what is hoped for; the last word where it never does. */
async function answerOf(keepsake: Keepsake, hoped: (said: string) => boolean): Promise<string> {
  let last = nothing;
  const look = async (): Promise<Look<string>> => {
    last = await keepsake.read();
    return hoped(last) ? { done: true, value: last } : { done: false, seen: last };
  };
  try {
    return await eventually(keepsake.about, look, { within: 60_000 });
  } catch (problem) {
    return last === nothing && problem instanceof Error ? problem.message : last;
  }
}

/** Takes the archives back with the candidate's own script, else by unpacking them. @returns what went wrong */
async function takeBack(
  course: Course,
  saved: readonly Kept[],
): Promise<string | { readonly unknown: string } | undefined> {
  const { restore, folder } = course.script;
  if (restore === undefined) {
    for (const kept of saved) await unpack(course, kept);
    return undefined;
  }
  const paths = saved.flatMap((kept) => archiveOf(course, kept)?.name ?? []).map((name) => `${folder}/${name}`);
  const calls = { archives: [paths], archive: paths.map((path) => [path]), nothing: [[]] }[restore.takes];
  for (const words of calls) {
    const done = await runOn(course, { script: restore.file, words });
    if (done.code === 0) continue;
    for (const kept of saved) await unpack(course, kept);
    const unknown = lacking(done);
    return unknown === undefined ? `${restore.file}: ${lastWords(done)}` : { unknown };
  }
  const still = await startAgain(course.script);
  return still.length === 0 ? undefined : `${restore.file} left ${still.join(', ')} stopped`;
}

/** Puts the content of an archive into its volume, in place of all that is there. */
export async function unpack(course: Course, kept: Kept): Promise<void> {
  const { service, volume } = kept.volume;
  const archive = archiveOf(course, kept);
  const tar = archive === undefined ? undefined : unpacked(bytesOf(course, archive.name));
  if (archive === undefined || tar === undefined) return;
  const folder = emptyFolder();
  writeFileSync(join(folder, 'archive.tar'), tar);
  await composeOn(lab(), 'stop', service);
  const from = `/tmp/unpacked/${archive.prefix}`;
  const steps = [
    'mkdir /tmp/unpacked; tar --numeric-owner -xpf /archives/archive.tar -C /tmp/unpacked',
    'find /data -mindepth 1 -maxdepth 1 -exec rm -rf {} +',
    `cp -a ${from}. /data/`,
  ];
  try {
    await inVolume(lab(), `${lab().project}_${volume}`, steps.join('; '), folder);
  } finally {
    await composeOn(lab(), 'start', service);
    rmSync(folder, { recursive: true, force: true });
  }
}
