import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

const blob = 3;

/** Files as one pack, as git's unpack-objects reads it (https://git-scm.com/docs/gitformat-pack). */
export function packOf(blobs: readonly Uint8Array[], algorithm: 'sha1' | 'sha256'): Buffer {
  const head = Buffer.alloc(12);
  head.write('PACK');
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(blobs.length, 8);
  const body = Buffer.concat([head, ...blobs.flatMap((bytes) => [entryHead(bytes.length), deflateSync(bytes)])]);
  return Buffer.concat([body, createHash(algorithm).update(body).digest()]);
}

/** The kind of an object and its size: four bits of it in the first byte, then seven in each, the lowest first. */
function entryHead(size: number): Buffer {
  const bytes = [(blob << 4) | (size & 15)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 0x80;
    bytes.push(rest & 127);
  }
  return Buffer.from(bytes);
}
