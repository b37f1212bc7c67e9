import type { FindingDraft, Waiver } from './finding.ts';
import type { Place, Range } from './location.ts';
import type { RemovedPath } from './plan.ts';
import type { Stack } from './stack.ts';
import type { Tree } from './tree.ts';

/** A CI configuration file (GitLab), as far as it parses. */
export interface CiFile {
  readonly file: string;
  readonly value?: Readonly<Record<string, unknown>>;
  readonly jobs: readonly CiJob[];
  /** Files of the repository that this one includes, in order; `conditional` where rules decide. */
  readonly includes: readonly { readonly file: string; readonly conditional: boolean }[];
  /** Whether something is included from elsewhere, or by a name that a variable makes: what is in it cannot be known. */
  readonly foreign: boolean;
  /** Files that are started as pipelines of their own (`trigger:include`). */
  readonly children: readonly string[];
}

/** A job of a CI file. Script lines are flattened; hidden jobs (templates) included. */
export interface CiJob {
  readonly name: string;
  readonly at: Place;
  readonly value: Readonly<Record<string, unknown>>;
  readonly script: readonly { readonly text: string; readonly at: Place }[];
}

/** A fault met while reading: becomes a finding, never a throw. */
export interface ReadFault extends FindingDraft {
  readonly rule: string;
}

/** Everything read from one Tree. */
export interface Repository {
  readonly tree: Tree;
  readonly stacks: readonly Stack[];
  readonly ci: readonly CiFile[];
  readonly faults: readonly ReadFault[];
  /** Set on a candidate: the repository before the plan. */
  readonly base?: Repository;
  /** Set on a candidate: what the plan took away. */
  readonly removed: readonly RemovedPath[];
  /** What the plan waives, and what the repository does itself. */
  readonly waivers: readonly Waiver[];
  /** Set where only one of the stacks was asked for. */
  readonly partial?: boolean;
  /** The range of a place, found on demand. A place that is not there gives the nearest thing that is. */
  readonly locate: (place: Place) => Range;
}
