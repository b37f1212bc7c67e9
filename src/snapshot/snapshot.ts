import type { SnapshotFile, SnapshotManifest } from '../model/snapshot.ts';
import { packed, unpacked } from './archive.ts';
import { mapping } from './json.ts';
import { differencesFrom, digestOf, manifestOf, manifestPath, manifestText, readManifest } from './manifest.ts';

/** A snapshot that was made: the archive's bytes, its name, and its manifest. */
export interface Snapshot {
  /** `pre-migration-….tar.gz`: the same contents have the same name. */
  readonly name: string;
  readonly archive: Buffer;
  readonly manifest: SnapshotManifest;
}

/** Makes a snapshot of files. Equal files give equal bytes. */
export async function makeSnapshot(
  about: Omit<SnapshotManifest, 'version' | 'entries'>,
  files: readonly SnapshotFile[],
): Promise<Snapshot> {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const manifest = manifestOf(about, sorted);
  const text = manifestText(manifest);
  const first: SnapshotFile = { path: manifestPath, mode: '100644', bytes: Buffer.from(text) };
  const archive = await packed([first, ...sorted]);
  return { name: `pre-migration-${digestOf(text).slice(0, 12)}.tar.gz`, archive, manifest };
}

/** What is written beside an archive: the archive's own SHA-256, and its manifest for reading. */
export function besideText({ archive, manifest }: Snapshot): string {
  return `${JSON.stringify({ archive: { size: archive.length, sha256: digestOf(archive) }, ...manifest }, null, 2)}\n`;
}

/**
 * Reads a snapshot back, every byte of it. `beside` is what was written beside the archive, where it is there: with it an
 * archive that was made anew from other contents is told, too.
 * @throws Error of one sentence, naming what is wrong, where it is truncated or altered.
 */
export async function readSnapshot(
  archive: Uint8Array,
  beside?: string,
): Promise<{ readonly manifest: SnapshotManifest; readonly files: readonly SnapshotFile[] }> {
  if (beside !== undefined && digestIn(beside) !== digestOf(archive))
    throw new Error('its SHA-256 is not the one that was written beside it');
  const [first, ...files] = await unpacked(archive);
  if (first?.path !== manifestPath) throw new Error('it does not begin with a manifest, so it is no snapshot');
  const manifest = readManifest(Buffer.from(first.bytes).toString('utf8'));
  const problems = differencesFrom(manifest, files);
  if (problems.length > 0) throw new Error(problems.slice(0, 5).join('; '));
  return { manifest, files };
}

function digestIn(beside: string): unknown {
  try {
    return mapping(mapping(JSON.parse(beside))['archive'])['sha256'];
  } catch {
    return undefined;
  }
}
