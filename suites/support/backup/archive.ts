import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** A file in an archive. */
interface Member {
  readonly name: string;
  readonly digest: string;
}

/** An archive in a folder that holds a file of the wanted content, and the folder that file has in it. */
export interface FoundArchive {
  readonly name: string;
  readonly prefix: string;
}

/** The archives of a folder: tar, alone or in gzip. */
export function archivesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => /\.(?:tar|tgz|tar\.\w+)$/.test(name) && !name.startsWith('.'));
}

/** The newest archive, of all or of these, that holds the file of this name and content and can be read to its end. */
export function archiveWith(
  folder: string,
  file: string,
  digest: string,
  names: readonly string[] = archivesIn(folder),
): FoundArchive | undefined {
  for (const name of names.toSorted().reverse()) {
    const member = membersOf(readFileSync(join(folder, name)))?.find(
      (one) => one.name.split('/').at(-1) === file && one.digest === digest,
    );
    if (member !== undefined) return { name, prefix: member.name.slice(0, -file.length) };
  }
  return undefined;
}

/** The plain files of an archive; undefined where it cannot be read to its end. */
function membersOf(bytes: Buffer): Member[] | undefined {
  const tar = unpacked(bytes);
  if (tar === undefined) return undefined;
  const members: Member[] = [];
  for (const { start, size, type } of headersOf(tar)) {
    if (start + 512 + size > tar.length) return undefined;
    if (type !== '0' && type !== '\0') continue;
    const content = tar.subarray(start + 512, start + 512 + size);
    members.push({ name: textAt(tar, start, 100), digest: createHash('sha256').update(content).digest('hex') });
  }
  return members;
}

/** The same archive with all files owned by another (POSIX ustar: owners in octal at 108 and 116, the sum at 148). */
export function ownedByAnother(bytes: Buffer, id: number): Buffer {
  const tar = Buffer.from(unpacked(bytes) ?? bytes);
  for (const { start } of headersOf(tar)) {
    const owner = `${id.toString(8).padStart(7, '0')}\0`;
    tar.write(owner, start + 108, 'latin1');
    tar.write(owner, start + 116, 'latin1');
    tar.write('        ', start + 148, 'latin1');
    const sum = tar.subarray(start, start + 512).reduce((all, byte) => all + byte, 0);
    tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, start + 148, 'latin1');
  }
  return isGzip(bytes) ? gzipSync(tar) : tar;
}

/** An archive of one small file that is of no volume of the stack. */
export function strangeArchive(packed: boolean): Buffer {
  const tar = Buffer.alloc(512 * 4);
  tar.write('./strange', 0);
  tar.write('0000644\0', 100);
  tar.write('00000000005\0', 124);
  tar.write('0', 156);
  tar.write('ustar\u000000', 257, 'latin1');
  tar.write('hello', 512);
  const owned = ownedByAnother(tar, 0);
  return packed ? gzipSync(owned) : owned;
}

export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** An archive as a plain tar; undefined where it is none that can be read. */
export function unpacked(bytes: Buffer): Buffer | undefined {
  try {
    const tar = isGzip(bytes) ? gunzipSync(bytes) : bytes;
    return tar.length < 1024 || !/^(?:ustar|\0{5})/.test(tar.toString('latin1', 257, 262)) ? undefined : tar;
  } catch {
    return undefined;
  }
}

function* headersOf(tar: Buffer): Generator<{ start: number; size: number; type: string }> {
  for (let start = 0; start + 512 <= tar.length; ) {
    if (tar[start] === 0) return;
    const size = Number.parseInt(textAt(tar, start + 124, 12), 8) || 0;
    yield { start, size, type: tar.toString('latin1', start + 156, start + 157) };
    start += 512 + Math.ceil(size / 512) * 512;
  }
}

function textAt(tar: Buffer, start: number, length: number): string {
  return tar.toString('utf8', start, start + length).replace(/\0.*$/s, '');
}
