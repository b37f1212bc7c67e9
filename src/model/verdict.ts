/** What is known of one claim. `unknown` could not be told, `error` broke while being told: neither is a pass. */
export type Outcome = 'pass' | 'fail' | 'unknown' | 'error';

/** A claim that must pass before the gate opens. `id` is stable: `suite: subject`. */
export interface Claim {
  readonly id: string;
  readonly suite: string;
  readonly subject: string;
}

/** What became of one claim. `looked` counts the subjects examined; a pass that looked at nothing is unknown. */
export interface Verdict {
  readonly claim: string;
  readonly suite: string;
  readonly subject: string;
  readonly outcome: Outcome;
  readonly looked: number;
  /** Why it is not a pass: one or more lines in plain words. */
  readonly cause?: string;
  /** What a pass met, in words that many verdicts share (`no data: metric absent`): the summary counts them. */
  readonly seen?: string;
  /** More of what it met, for whoever reads the reports. */
  readonly note?: string;
  readonly seconds?: number;
}

/** The claim for a subject of a suite. */
export function claimOf(suite: string, subject: string): Claim {
  return { id: `${suite}: ${subject}`, suite, subject };
}
