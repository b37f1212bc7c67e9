import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SnapshotFile } from '../model/snapshot.ts';
import { packed } from './archive.ts';
import { manifestText } from './manifest.ts';
import { besideText, makeSnapshot, readSnapshot } from './snapshot.ts';

const about = { tool: 'test', origin: 'work tree', plan: null, stacks: ['compose.yml'], asked: {} };
const files: readonly SnapshotFile[] = [
  { path: 'repository/run.sh', mode: '100755', bytes: Buffer.from('#!/bin/sh\n') },
  { path: `repository/${'deep/'.repeat(40)}ü ß.bin`, mode: '100644', bytes: Buffer.from([0, 255, 10, 13]) },
  { path: 'repository/link', mode: '120000', bytes: Buffer.from('run.sh') },
  { path: 'repository/empty', mode: '100644', bytes: Buffer.alloc(0) },
];

function retold(all: readonly SnapshotFile[], index: number, text: string): SnapshotFile[] {
  return all.map((file, at) => (at === index ? { ...file, bytes: Buffer.from(text) } : file));
}

describe('a snapshot', () => {
  it('is read back as it was made, and is the same bytes whenever it is made', async () => {
    const first = await makeSnapshot(about, files);
    const second = await makeSnapshot(about, [...files].reverse());
    expect(second).toEqual(first);
    const read = await readSnapshot(first.archive, besideText(first));
    expect(read.files.map((file) => ({ ...file, bytes: Buffer.from(file.bytes).toString('hex') }))).toEqual(
      [...files]
        .sort((a, b) => (a.path < b.path ? -1 : 1))
        .map((file) => ({ ...file, bytes: Buffer.from(file.bytes).toString('hex') })),
    );
    const other = await makeSnapshot({ ...about, plan: 'p' }, files);
    expect(other.name).not.toBe(first.name);
  });

  it('is refused where any byte of it is altered, and where it ends before its end', async () => {
    const made = await makeSnapshot(about, files);
    const { archive, manifest } = made;
    const changed = fc.tuple(fc.nat(archive.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(changed, fc.nat(archive.length - 1), async ([at, by], end) => {
        const altered = Buffer.from(archive);
        altered[at] = (altered[at] ?? 0) ^ by;
        await expect(readSnapshot(altered, besideText(made))).rejects.toThrow('SHA-256');
        await expect(readSnapshot(archive.subarray(0, end))).rejects.toThrow();
        // Of the last byte of deflated data some bits mean nothing: what is read is then the same.
        const read = await readSnapshot(altered).catch(() => undefined);
        if (read !== undefined) expect(read.manifest).toEqual(manifest);
      }),
      { numRuns: 300 },
    );
  });

  it.for<[string, (files: readonly SnapshotFile[]) => readonly SnapshotFile[], string]>([
    ['a file is left out', (all) => all.slice(0, -1), 'is missing'],
    [
      'a file is added',
      (all) => [...all, { path: 'x', mode: '100644', bytes: Buffer.from('x') }],
      'was not saved with',
    ],
    ['a file is there twice', (all) => [...all, ...all.slice(-1)], 'is there twice'],
    ['content differs', (all) => retold(all, 1, 'y'), 'has other content'],
    ['a mode differs', (all) => all.map((one) => ({ ...one, mode: '100644' as const })), 'has the mode 100644'],
    ['a path leads out', (all) => [...all, { path: '../x', mode: '100644', bytes: Buffer.from('x') }], 'leads out'],
    ['the manifest is missing', (all) => all.slice(1), 'does not begin with a manifest'],
    ['the manifest is none', (all) => retold(all, 0, '{}'), 'not one of this version'],
    ['the manifest is no JSON', (all) => retold(all, 0, '{'), 'is not JSON'],
  ])('is refused where it was made anew and %s', async ([, change, message], { expect }) => {
    const { manifest } = await makeSnapshot(about, files);
    const first: SnapshotFile = { path: 'manifest.json', mode: '100644', bytes: Buffer.from(manifestText(manifest)) };
    await expect(readSnapshot(await packed(change([first, ...files])))).rejects.toThrow(message);
  });

  it('is refused where it is another than the manifest beside it tells, or something is appended', async () => {
    const made = await makeSnapshot(about, files);
    const { archive } = made;
    const other = await makeSnapshot(about, files.slice(1));
    await expect(readSnapshot(other.archive, besideText(made))).rejects.toThrow('written beside it');
    await expect(readSnapshot(archive, 'no JSON')).rejects.toThrow('written beside it');
    for (const more of ['x', 'more than nothing', '\0'.repeat(20)])
      await expect(readSnapshot(Buffer.concat([archive, Buffer.from(more)]))).rejects.toThrow(
        /appended|end of file|header check/,
      );
    await expect(readSnapshot(gunzipSync(archive))).rejects.toThrow('no archive that a snapshot writes');
  });
});
