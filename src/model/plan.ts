import type { Waiver } from './finding.ts';
import type { Pointer } from './location.ts';
import type { Tree } from './tree.ts';

/** What may be asserted of a file before a step touches it. */
export interface Expectation {
  /** SHA-256 of the whole file, hexadecimal. */
  readonly sha256?: string;
  /** Text that must occur. */
  readonly contains?: string;
}

/** One edit in a structured file. `pointer` may end in `-` to append to a sequence. */
export type Edit =
  | { readonly op: 'set'; readonly pointer: Pointer; readonly value: unknown; readonly expect?: unknown }
  | { readonly op: 'add'; readonly pointer: Pointer; readonly value: unknown }
  | {
      readonly op: 'remove';
      readonly pointer: Pointer;
      readonly expect?: unknown;
      /** What is not there is left out, and said, rather than refused. */
      readonly optional?: boolean;
    };

/** One edit in a text file: the lines from the one that equals `from` up to (not including) the one that equals `until`. */
export interface TextEdit {
  readonly from: string;
  readonly until?: string;
  /** Replacement text, or a file of the plan's `files/`. */
  readonly with?: string;
  readonly withFile?: string;
}

interface EditStep<Kind, One> {
  readonly step: Kind;
  readonly path: string;
  readonly edits: readonly One[];
  /** A file that is missing is left out, and said, rather than refused. */
  readonly optional?: boolean;
}

/** A step of a plan. Every path is relative to the repository; every `file` to the plan's `files/`. */
export type Step =
  | {
      readonly step: 'copy';
      readonly from: string;
      readonly to: string;
      readonly replace?: boolean;
      /** A source that is nowhere is left out, and said, rather than refused. */
      readonly optional?: boolean;
      readonly expect?: Expectation;
    }
  | {
      readonly step: 'move';
      readonly from: string;
      readonly to: string;
      readonly replace?: boolean;
      readonly optional?: boolean;
      readonly expect?: Expectation;
    }
  | {
      readonly step: 'create';
      readonly path: string;
      readonly file: string;
      readonly executable?: boolean;
      readonly replace?: boolean;
      readonly expect?: Expectation;
    }
  | EditStep<'edit-yaml', Edit>
  | EditStep<'edit-json', Edit>
  | EditStep<'edit-ini', Edit>
  | EditStep<'edit-text', TextEdit>
  | {
      readonly step: 'delete';
      readonly path: string;
      readonly optional?: boolean;
      /** Of a folder: patterns, from the folder on, of the files whose content goes for good. */
      readonly losing?: readonly string[];
      readonly expect?: Expectation;
    }
  | {
      readonly step: 'rewrite-references';
      readonly from: string;
      readonly to: string;
      readonly in?: readonly string[];
      readonly except?: readonly string[];
    }
  | {
      readonly step: 'waive';
      readonly rule: string;
      readonly place: string;
      readonly reason: string;
      readonly until: string;
    };

/** A declarative consolidation. */
export interface Plan {
  readonly version: 1;
  readonly name: string;
  readonly description?: string;
  readonly branch: string;
  /** The compose file whose stack must be proved. */
  readonly stack: string;
  readonly steps: readonly Step[];
}

/** A plan as read: with the files of its `files/` folder, the digest over both, and where it was read. */
export interface LoadedPlan {
  readonly plan: Plan;
  readonly file: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly digest: string;
  /** Where each step stands in the file, in order. */
  readonly places?: readonly StepPlace[];
}

/** Where a step stands in the plan file, and where each of its edits does. */
export interface StepPlace {
  readonly line: number;
  readonly column: number;
  readonly edits: readonly { readonly line: number; readonly column: number }[];
}

/** A fault in a plan or in what it meets, located. */
export interface PlanFault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint?: string;
}

/** What became of a step: it was made, its outcome was there before, or what it is about is nowhere and may be. */
export type StepState = 'made' | 'done before' | 'left out';

/** What one step did. */
export interface StepEffect {
  readonly step: string;
  readonly state: StepState;
  readonly changed: readonly string[];
  readonly note?: string;
}

/** A path (a file, or a folder that nothing is left of) that a plan took away, and where its content went, if anywhere. */
export interface RemovedPath {
  readonly path: string;
  readonly movedTo?: string;
}

/** The outcome of carrying a plan out on a tree. With faults there is no candidate. */
export interface Preview {
  readonly candidate?: Tree;
  readonly effects: readonly StepEffect[];
  readonly removed: readonly RemovedPath[];
  readonly waivers: readonly Waiver[];
  /** References that could not be rewritten mechanically. */
  readonly leftovers: readonly { readonly file: string; readonly line: number; readonly text: string }[];
  readonly faults: readonly PlanFault[];
}
