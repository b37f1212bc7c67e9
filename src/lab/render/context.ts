import type { Difference, LogFolder, MountedFile } from '../../model/lab.ts';
import type { Service, Stack } from '../../model/stack.ts';
import type { Tree, TreeFile } from '../../model/tree.ts';
import type { OutsideParties } from './outside.ts';

/** What the caller decides about the copy that is booted. */
export interface RenderOptions {
  readonly project: string;
  /** Service → image to run. A service of no known product that is not named here is left out. */
  readonly images: Readonly<Record<string, string>>;
  readonly helperImage: string;
  /** Put on every container, network and volume, so that a sweep finds them. */
  readonly labels: Readonly<Record<string, string>>;
  /** Whether the engine's host has this path: a bind of one that is missing stops the whole stack. Default: a short list. */
  readonly hostHas?: (path: string) => boolean;
  /** The container that writes lines for shippers of container logs: its id, and the folder of the engine that holds its log. */
  readonly logWriter?: { readonly id: string; readonly folder: string };
  /** Whether the engine probes in another interval until a container is healthy (version 25 and later). */
  readonly startInterval?: boolean;
  /** Processors of the engine's host: it refuses a limit above them. */
  readonly cpus?: number;
  /** Processors that every container of the lab is held to, as the engine writes them (`0`, `0-1`). */
  readonly cpuset?: string;
}

/** A bind source or file that the compose file needs and the tree does not have. */
export interface MissingSource {
  readonly service: string;
  readonly source: string;
  readonly target: string;
  /** Set where the source lies inside the repository; unset for a path of the user's host. */
  readonly repoPath?: string;
  readonly why: string;
}

/** The work in progress of one rendering: inputs, and what has been gathered so far. */
export interface Context {
  readonly tree: Tree;
  readonly stack: Stack;
  readonly options: RenderOptions;
  /** The services that are booted. */
  readonly kept: readonly Service[];
  /** Whether the service that is rendered is on the network of the host, where the loopback is everybody's. */
  readonly onHost?: boolean;
  readonly outside: OutsideParties;
  readonly differences: Difference[];
  /** Repository path → its text in the copy, where it differs. */
  readonly overlay: Map<string, string>;
  /** Path in the lab's folder → file. */
  readonly files: Map<string, TreeFile>;
  readonly mounted: MountedFile[];
  readonly logFolders: LogFolder[];
  readonly missing: MissingSource[];
  /** Named volumes the copy needs beyond the user's own. */
  readonly extraVolumes: Set<string>;
}

const encoder = new TextEncoder();

/** Adds a text file to the lab's folder. */
export function putText(context: Pick<Context, 'files'>, path: string, text: string): void {
  context.files.set(path, { path, mode: '100644', bytes: encoder.encode(text) });
}
