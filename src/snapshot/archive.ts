import { gunzipSync, gzipSync } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import type { SnapshotFile } from '../model/snapshot.ts';
import type { FileMode } from '../model/tree.ts';

// Deflate, no flags, no time, best compression, system unknown (https://www.rfc-editor.org/rfc/rfc1952#page-5).
const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
const permissions: Readonly<Record<FileMode, number>> = { '100644': 0o644, '100755': 0o755, '120000': 0o777 };

/** Packs files in the order given. Without times, owners and names of a machine, equal files give equal bytes. */
export async function packed(files: readonly SnapshotFile[]): Promise<Buffer> {
  const archive = pack();
  for (const { path, mode, bytes } of files) {
    const about = { name: path, mode: permissions[mode], mtime: new Date(0), uid: 0, gid: 0 };
    if (mode === '120000') archive.entry({ ...about, type: 'symlink', linkname: Buffer.from(bytes).toString('utf8') });
    else archive.entry({ ...about, type: 'file', size: bytes.length }, bytes);
  }
  archive.finalize();
  const zipped = gzipSync(await joined(archive), { level: 9 });
  header.copy(zipped);
  return zipped;
}

/**
 * Unpacks an archive. Only plain files and symbolic links are in a snapshot.
 * @throws Error of one sentence where it is truncated, not gzip (its check sum included), or holds something else.
 */
export async function unpacked(archive: Uint8Array): Promise<SnapshotFile[]> {
  const reader = extract();
  reader.end(unzipped(archive));
  const files: SnapshotFile[] = [];
  for await (const entry of reader) {
    const { name, type, linkname, mode } = entry.header;
    const content = await joined(entry);
    if (type === 'symlink') files.push({ path: name, mode: '120000', bytes: Buffer.from(linkname ?? '') });
    else if (type === 'file')
      files.push({ path: name, mode: ((mode ?? 0) & 0o100) === 0 ? '100644' : '100755', bytes: content });
    else throw new Error(`"${name}" is neither a file nor a symbolic link`);
  }
  return files;
}

function unzipped(archive: Uint8Array): Buffer {
  if (!header.equals(archive.subarray(0, header.length))) throw new Error('it is no archive that a snapshot writes');
  const { buffer, engine } = gunzipSync(archive, { info: true }) as unknown as Unzipped;
  if (engine.bytesWritten !== archive.length) throw new Error('something was appended to it');
  return buffer;
}

/** What `info: true` gives (https://nodejs.org/api/zlib.html#class-options); its types leave it out. */
interface Unzipped {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

async function joined(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
