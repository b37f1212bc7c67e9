import type { Place, Range } from './location.ts';

/** `info` is also the severity of what cannot be known from the files. */
export type Severity = 'error' | 'warning' | 'info';

/** Plain JSON facts a message was made from. Never a secret's value. */
export type Facts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** What a rule returns: the engine adds the rule's id, its severity and the positions. */
export interface FindingDraft {
  readonly at: Place;
  /** The thing in quotes, what is wrong, what follows; one line, present tense, no closing full stop. */
  readonly message: string;
  readonly related?: readonly { readonly at: Place; readonly note: string }[];
  /** An imperative: what to do. */
  readonly hint?: string;
  readonly facts?: Facts;
  /** Overrides the rule's severity downwards: `info` for what the files cannot tell. */
  readonly severity?: Severity;
}

/** One place where a claim fails, positions resolved. */
export interface Finding extends Range {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly related: readonly (Range & { readonly file: string; readonly note: string })[];
  readonly hint?: string;
  readonly facts: Facts;
  /** Present where a waiver covers the finding: it stays visible and no longer counts. */
  readonly waived?: { readonly reason: string; readonly until: string };
}

/** A finding that is accepted for a time. `place` is a path, or `path#pointer.text`; `until` is an ISO date. */
export interface Waiver {
  readonly rule: string;
  readonly place: string;
  readonly reason: string;
  readonly until: string;
  /** Where it is written, if that is a file of the repository. */
  readonly at?: Place;
}

/** The outcome of `check`: what was found and how much was looked at. */
export interface CheckResult {
  readonly stacks: readonly string[];
  readonly findings: readonly Finding[];
  /** Subjects examined, by rule id: a green is evidence only where this is not zero. */
  readonly subjects: Readonly<Record<string, number>>;
}

/** Findings in the order they are always printed: file, place, rule, message. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
}

/** Counts as `check` prints them; waived findings are counted apart. */
export function summarise(result: CheckResult): {
  errors: number;
  warnings: number;
  infos: number;
  waived: number;
  subjects: number;
} {
  const open = result.findings.filter((finding) => finding.waived === undefined);
  const count = (severity: Severity): number => open.filter((finding) => finding.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    waived: result.findings.length - open.length,
    subjects: Object.values(result.subjects).reduce((sum, looked) => sum + looked, 0),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
