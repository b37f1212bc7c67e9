import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BootSubject, containerState, fileDigest } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut, run } from '../run.ts';

/**
 * Every file the service mounts from the repository is, in the container, byte for byte the rendered one; and the
 * rendered one is the candidate's unless the list of differences names it. A folder the service writes to, which the
 * repository does not hold, is at least mounted.
 */
export async function filesAsProved({ service }: BootSubject): Promise<Found> {
  const absent = leftOut(service.name);
  if (absent !== undefined) return { unknown: absent };
  const files = lab().mounted.filter((mounted) => mounted.service === service.name);
  const changed = new Set(lab().differences.map((difference) => difference.file));
  const problems = await Promise.all(
    files.map(async (mounted) => {
      const rendered = digest(readFileSync(join(lab().folder, mounted.file)));
      const seen = await fileDigest(lab(), service.name, mounted.target);
      if (seen !== rendered) {
        return [`"${mounted.target}" is ${seen === undefined ? 'not there' : 'another file'} in the container`];
      }
      const candidate = mounted.repoPath === undefined ? undefined : run.repository.tree.files.get(mounted.repoPath);
      if (candidate === undefined || changed.has(mounted.repoPath ?? '')) return [];
      return digest(candidate.bytes) === rendered ? [] : [`"${mounted.repoPath}" was changed without saying so`];
    }),
  );
  const missing = lab().missing.filter((mount) => mount.service === service.name);
  const gone = missing.map((mount) => mount.target);
  const wanted = service.mounts.filter((mount) => mount.repoPath !== undefined && !gone.includes(mount.target));
  const { mounts } = await containerState(lab(), service.name);
  return {
    looked: files.length + missing.length + wanted.length,
    problems: [
      ...problems.flat(),
      ...wanted
        .filter((mount) => !mounts.includes(mount.target.replace(/(?<=.)\/+$/, '')))
        .map((mount) => `nothing is mounted at "${mount.target}"`),
      ...missing.map((mount) => `"${mount.source}" for "${mount.target}" is not in the repository`),
    ],
  };
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
