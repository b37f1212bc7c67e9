import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupScript, spoilings } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { isGzip, ownedByAnother, strangeArchive } from './archive.ts';
import { unpack } from './comes-back.ts';
import {
  archiveOf,
  bytesOf,
  type Course,
  courseOf,
  type Kept,
  lacking,
  lastWords,
  runOn,
  startAgain,
  withCopy,
} from './course.ts';
import { nothing } from './keepsakes.ts';

type Spoiled = (typeof spoilings)[number];

/** The restore does not take a spoiled archive: it says so, and the volume keeps what it has. */
export async function refuses(script: BackupScript, spoiled: Spoiled): Promise<Found> {
  const { restore, folder } = script;
  if (restore === undefined) return { unknown: 'there is no restore' };
  const course = await courseOf(script);
  const unknown = lacking(course.first);
  if (unknown !== undefined) return { unknown };
  const [kept, archive] = firstGood(course);
  if (kept === undefined || archive === undefined) return { unknown: 'there is no good archive that could be spoiled' };
  const problems = await withCopy(course, async () => {
    spoil(course, kept, archive, spoiled);
    const done = await runOn(course, {
      script: restore.file,
      words: restore.takes === 'nothing' ? [] : [`${folder}/${archive}`],
    });
    const lacks = lacking(done);
    if (lacks !== undefined) return { unknown: lacks };
    return [
      ...(done.code === 0 ? [`it took ${spoiled} archive: ${lastWords(done)}`] : []),
      ...(done.told === '' ? [`it says nothing of ${spoiled} archive`] : []),
    ];
  });
  if ('unknown' in problems) return problems;
  const still = await startAgain(script);
  const now = await kept.keepsakes[0]?.read().catch(() => nothing);
  if (now !== kept.keepsakes[0]?.said) await unpack(course, kept);
  return {
    looked: 3,
    problems: [
      ...problems,
      ...(still.length > 0 ? [`after ${spoiled} archive ${still.join(', ')} stayed stopped`] : []),
      ...(now === kept.keepsakes[0]?.said
        ? []
        : [`after ${spoiled} archive the volume "${kept.volume.volume}" has not what it had`]),
    ],
  };
}

function firstGood(course: Course): [Kept, string] | [] {
  for (const kept of course.kept) {
    const archive = archiveOf(course, kept);
    if (archive !== undefined) return [kept, archive.name];
  }
  return [];
}

function spoil(course: Course, kept: Kept, archive: string, spoiled: Spoiled): void {
  const put = (name: string, bytes: Buffer): void => writeFileSync(join(course.archives, name), bytes);
  const good = bytesOf(course, archive);
  if (spoiled === 'an empty') put(archive, Buffer.alloc(0));
  if (spoiled === 'a truncated') put(archive, good.subarray(0, Math.ceil(good.length / 2)));
  if (spoiled === "another owner's") put(archive, ownedByAnother(good, 4242));
  if (spoiled !== "another volume's") return;
  const other = course.kept.filter((one) => one !== kept).flatMap((one) => archiveOf(course, one)?.name ?? [])[0];
  if (other === undefined) {
    put(archive, strangeArchive(isGzip(good)));
    return;
  }
  // What lies beside it, a sum or a manifest, is the other's too.
  const [from, to] = [stemOf(other), stemOf(archive)];
  for (const name of readdirSync(course.archives).filter((one) => one.startsWith(from)))
    put(`${to}${name.slice(from.length)}`, bytesOf(course, name));
}

function stemOf(name: string): string {
  return name.replace(/\.(?:tar|tgz|tar\.\w+)$/, '');
}
