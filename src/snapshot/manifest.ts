import { createHash } from 'node:crypto';
import type { SnapshotEntry, SnapshotFile, SnapshotManifest } from '../model/snapshot.ts';

/** The manifest's own path in the archive. */
export const manifestPath = 'manifest.json';

/** The list of contents of files, which are sorted by path. */
export function manifestOf(
  about: Omit<SnapshotManifest, 'version' | 'entries'>,
  files: readonly SnapshotFile[],
): SnapshotManifest {
  return { version: 1, ...about, entries: files.map(entryOf) };
}

/** The manifest as it stands in the archive. */
export function manifestText(manifest: SnapshotManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** SHA-256 of bytes, hexadecimal. */
export function digestOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Reads a manifest. @throws Error of one sentence where it is none. */
export function readManifest(text: string): SnapshotManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('its manifest is not JSON');
  }
  if (!isManifest(value)) throw new Error('its manifest is not one of this version');
  return value;
}

/** What differs between a manifest and the files it is of; each in a sentence. Empty where nothing does. */
export function differencesFrom(manifest: SnapshotManifest, files: readonly SnapshotFile[]): string[] {
  const found = new Map<string, SnapshotEntry>();
  const problems: string[] = [];
  for (const file of files) {
    if (file.path.startsWith('/') || file.path.split('/').includes('..'))
      problems.push(`"${file.path}" leads out of the archive`);
    if (found.has(file.path)) problems.push(`"${file.path}" is there twice`);
    found.set(file.path, entryOf(file));
  }
  for (const entry of manifest.entries) {
    const there = found.get(entry.path);
    found.delete(entry.path);
    if (there === undefined) problems.push(`"${entry.path}" is missing`);
    else if (there.sha256 !== entry.sha256 || there.size !== entry.size)
      problems.push(`"${entry.path}" has other content than was saved`);
    else if (there.mode !== entry.mode) problems.push(`"${entry.path}" has the mode ${there.mode}, not ${entry.mode}`);
  }
  for (const path of found.keys()) problems.push(`"${path}" was not saved with the rest`);
  return problems;
}

function entryOf({ path, mode, bytes }: SnapshotFile): SnapshotEntry {
  return { path, mode, size: bytes.length, sha256: digestOf(bytes) };
}

function isManifest(value: unknown): value is SnapshotManifest {
  if (typeof value !== 'object' || value === null || !('version' in value) || !('entries' in value)) return false;
  const { version, entries } = value;
  return version === 1 && Array.isArray(entries) && entries.every((entry: unknown) => isEntry(entry));
}

function isEntry(value: unknown): value is SnapshotEntry {
  const { path, mode, size, sha256 }: Record<string, unknown> = Object(value);
  return [path, mode, sha256].every((one) => typeof one === 'string') && typeof size === 'number';
}
