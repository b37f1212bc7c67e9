import { describe, expect, it } from 'vitest';
import { plainLog } from './plain-log.ts';

function frame(stream: number, text: string): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

describe('plainLog', () => {
  it('joins the frames of both streams', () => {
    expect(plainLog(Buffer.concat([frame(1, 'one\n'), frame(2, 'two ü\n')]))).toBe('one\ntwo ü\n');
  });

  it('leaves the log of a container with a terminal as it is', () => {
    expect(plainLog(Buffer.from('level=info msg=ready\n'))).toBe('level=info msg=ready\n');
  });
});
