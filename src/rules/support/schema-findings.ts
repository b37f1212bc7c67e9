import type { FindingDraft } from '../../model/finding.ts';
import type { ShapeProblem } from '../../schema/problems.ts';

/** How a file is held against a schema: what follows of a problem, and whether the schema is that of the version that reads it. */
export interface SchemaReading {
  readonly follows: string;
  /** False where the image is newer than the schema, or its version unknown: it may know more keys and words. */
  readonly known: boolean;
  readonly hint?: string;
}

/**
 * Problems of a shape as findings. Where the version is not the schema's, all the keys and words it may know are folded
 * into one info: a newer version adds some, and takes hardly any away.
 */
export function schemaFindings(
  file: string,
  problems: readonly ShapeProblem[],
  { follows, known, hint }: SchemaReading,
): FindingDraft[] {
  const [sure, open] = [
    problems.filter((one) => known || !mayBeNew(one)),
    problems.filter((one) => !known && mayBeNew(one)),
  ];
  const [first, ...others] = open;
  const drafts = sure.map((problem): FindingDraft => draft(file, problem, follows, hint));
  if (first === undefined) return drafts;
  const more = others.length === 0 ? '' : ` (and ${others.length} more like it)`;
  const unknown = `${first.message}${more} in the version that is known here, and the version of the image is another or not written, so whether it is read cannot be told`;
  return [...drafts, { ...draft(file, first, follows, hint), message: unknown, severity: 'info' }];
}

function mayBeNew({ kind }: ShapeProblem): boolean {
  return kind === 'unknown-key' || kind === 'unknown-word';
}

function draft(file: string, problem: ShapeProblem, follows: string, hint: string | undefined): FindingDraft {
  const { pointer, part, message } = problem;
  const advice = problem.hint ?? hint;
  return {
    at: { file, pointer, ...(part === 'key' ? { part } : {}) },
    message: `${message}, so ${follows}`,
    facts: { problem: problem.kind, key: String(pointer.at(-1) ?? '') },
    ...(advice === undefined ? {} : { hint: advice }),
  };
}
