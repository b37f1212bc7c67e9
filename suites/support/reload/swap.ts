import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileDigest } from '../../../src/index.ts';
import { lab } from '../run.ts';

/** A mounted file of the copy that can be changed: its text as it is rendered, and a way to put another in its place. */
export interface MountedText {
  readonly file: string;
  readonly text: string;
  /** Where the container sees it. */
  readonly target: string;
  /** Writes into the same file, as whoever edits it in place: a mount of a single file follows no new one. */
  put(text: string): Promise<void>;
}

/** The change of a file does not reach the container: nothing can be said of who reads it. */
export class OutOfReach extends Error {
  override readonly name = 'OutOfReach';
}

/** The copy's own file that a service mounts for a file of the repository; undefined where it mounts none. */
export function mountedText(service: string, repoPath: string): MountedText | undefined {
  const mounted = lab().mounted.find((one) => one.service === service && one.repoPath === repoPath);
  if (mounted === undefined) return undefined;
  const path = join(lab().folder, mounted.file);
  return {
    file: repoPath,
    text: readFileSync(path, 'utf8'),
    target: mounted.target,
    put: async (text) => {
      writeFileSync(path, text);
      const wanted = createHash('sha256').update(text).digest('hex');
      if ((await fileDigest(lab(), service, mounted.target)) !== wanted)
        throw new OutOfReach(`a change of "${repoPath}" does not reach "${mounted.target}" in the container`);
    },
  };
}

/** Does something with changed files and puts the old ones back, whatever comes of it. */
export async function withChanges<T>(
  changes: readonly { readonly of: MountedText; readonly text: string }[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    for (const { of, text } of changes) await of.put(text);
    return await work();
  } finally {
    for (const { of } of changes) await of.put(of.text);
  }
}
