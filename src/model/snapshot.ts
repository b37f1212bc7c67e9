import type { FileMode } from './tree.ts';

/** A file of a snapshot: bytes at a path of the archive. For a symbolic link the bytes are its target. */
export interface SnapshotFile {
  readonly path: string;
  readonly mode: FileMode;
  readonly bytes: Uint8Array;
}

/** What is known of a file of a snapshot without its bytes. */
export interface SnapshotEntry {
  readonly path: string;
  readonly mode: FileMode;
  /** Bytes. */
  readonly size: number;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
}

/** The list of contents that stands in a snapshot as its first file. It holds no time, so equal contents give equal bytes. */
export interface SnapshotManifest {
  readonly version: 1;
  /** The program that wrote it. */
  readonly tool: string;
  /** Where the files were read: `commit 1f3a…`, `work tree`. */
  readonly origin: string;
  readonly plan: string | null;
  /** Compose files. */
  readonly stacks: readonly string[];
  /** The addresses that were asked, without credentials. */
  readonly asked: Readonly<Partial<Record<AskedService, string>>>;
  /** Sorted by path. */
  readonly entries: readonly SnapshotEntry[];
}

/** The running services that a snapshot asks. */
export type AskedService = 'grafana' | 'prometheus' | 'alertmanager';
