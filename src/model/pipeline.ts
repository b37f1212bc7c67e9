import type { Place } from './location.ts';

/** A line of a job's script, with the keyword it stands under (`before_script`, `script`, `after_script`). */
export interface ScriptLine {
  readonly text: string;
  readonly at: Place;
  readonly keyword: string;
}

/** A job as GitLab runs it: references, `extends`, `default` and global variables merged. */
export interface PipelineJob {
  readonly name: string;
  /** A template: its name begins with a dot, and it never runs. */
  readonly hidden: boolean;
  /** The job's key in the file that has the last word on it. */
  readonly at: Place;
  readonly value: Readonly<Record<string, unknown>>;
  readonly script: readonly ScriptLine[];
  /** Where a value of the merged job was written; of a route that is not there, the nearest thing that is. */
  readonly placeOf: (...route: readonly (string | number)[]) => Place;
  /** Names that it extends or refers to and that the files do not have, or that lead back to itself. */
  readonly missing: readonly Missing[];
  /** Every file that writes it, in the order they count. */
  readonly written: readonly Place[];
  /** Whether it stands only in files that rules include. */
  readonly conditional: boolean;
}

/** A name that means nothing. */
export interface Missing {
  readonly name: string;
  readonly kind: 'extends' | 'reference' | 'cycle';
  readonly at: Place;
}

/** The configuration of one pipeline: a root file and everything it includes. */
export interface Pipeline {
  readonly file: string;
  /** Templates included. */
  readonly jobs: readonly PipelineJob[];
  readonly stages: readonly string[];
  /** Where the stages are written; absent where GitLab's own hold. */
  readonly stagesAt?: Place;
  readonly variables: readonly string[];
  /** Something is included from elsewhere: there may be more jobs, and more in them. */
  readonly open: boolean;
}

/** A job of a pipeline by name. */
export function jobNamed(pipeline: Pipeline, name: string): PipelineJob | undefined {
  return pipeline.jobs.find((job) => job.name === name);
}
