/** One thing that is different in the copy that is booted, and why. Printed, and part of the receipt. */
export interface Difference {
  readonly file: string;
  /** What was changed, in the file's own words (`services.prometheus.ports`). */
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

/** An image as it is run. `substitute` names what was really used when the pinned image could not be had. */
export interface UsedImage {
  readonly service: string;
  readonly pinned: string;
  readonly image: string;
  readonly id: string;
  readonly how: 'present' | 'pulled' | 'substitute';
  /** For a substitute: the version it was built from, and what is different in it. */
  readonly note?: string;
}

/** A party outside the stack that the helper container plays. */
export interface StandIn {
  readonly kind: 'scrape-target' | 'webhook' | 'smtp' | 'other';
  /** The address as configured, never dialled. */
  readonly original: string;
  /** The address in the lab's network: `alias:port`. */
  readonly address: string;
}

/** An integration of a receiver whose messages cannot be told apart or are not seen in the lab. */
export interface UnseenIntegration {
  readonly receiver: string;
  readonly kind: string;
  readonly index: number;
  readonly why: string;
}

/** A started lab as plain data: it is handed to suites in other processes. */
export interface LabAddress {
  readonly project: string;
  /** Forward proxy into the lab's networks, on 127.0.0.1. */
  readonly proxy: string;
  /** The helper's control interface as seen through the proxy. */
  readonly control: string;
  readonly helper: LabService;
  readonly services: Readonly<Record<string, LabService>>;
  readonly mounted: readonly MountedFile[];
  readonly logFolders: readonly LogFolder[];
  /** Bind sources in the repository that are not there: the boot suite fails them. */
  readonly missing: readonly { readonly service: string; readonly source: string; readonly target: string }[];
  /** Services that are not booted, with the reason. */
  readonly leftOut: readonly { readonly service: string; readonly why: string }[];
  readonly unseen: readonly UnseenIntegration[];
  readonly standIns: readonly StandIn[];
  readonly differences: readonly Difference[];
  readonly images: readonly UsedImage[];
  /** The folder of the rendered copy, and the rendered compose file in it (absolute). */
  readonly folder: string;
  readonly composeFile: string;
}

/** A file of the rendered copy as a container sees it; `repoPath` is the file of the repository it was made from. */
export interface MountedFile {
  readonly service: string;
  readonly target: string;
  /** Relative to the lab's folder. */
  readonly file: string;
  readonly repoPath?: string;
}

/**
 * A folder (or, for `file`, one file) that a service reads logs from and into which the lab can write. `engine`: what the
 * container `at` prints is logged by the engine at `<target>/<at>/<at>-json.log`. `helper`: the folder is `at` in the
 * helper container. `file`: the file is `at` in the lab's folder.
 */
export interface LogFolder {
  readonly service: string;
  readonly target: string;
  readonly via: 'engine' | 'helper' | 'file';
  readonly at: string;
}

/** One running service: its container's name for the engine and its own in the lab's network. */
export interface LabService {
  readonly name: string;
  readonly container: string;
  readonly host: string;
}
