import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';
const bytesPerLine = 52;

/** The name git gives to a blob. */
export function blobId(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** One `literal` hunk of a binary patch: deflated, in lines of base 85. */
export function literal(bytes: Uint8Array): string {
  const packed = deflateSync(bytes);
  let text = `literal ${bytes.length}\n`;
  for (let at = 0; at < packed.length; at += bytesPerLine) {
    const line = packed.subarray(at, at + bytesPerLine);
    // The first character is the line's length: A to Z for 1 to 26, a to z for 27 to 52.
    const length = String.fromCharCode(line.length <= 26 ? 64 + line.length : 70 + line.length);
    text += `${length}${base85(line)}\n`;
  }
  return `${text}\n`;
}

function base85(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    let word = 0;
    for (let offset = 0; offset < 4; offset += 1) word = word * 256 + (bytes[at + offset] ?? 0);
    let digits = '';
    for (let digit = 0; digit < 5; digit += 1) {
      digits = `${alphabet[word % 85]}${digits}`;
      word = Math.floor(word / 85);
    }
    text += digits;
  }
  return text;
}
