import type { Difference, UsedImage } from './lab.ts';
import type { Claim, Verdict } from './verdict.ts';

/** The verdicts for one candidate tree hash. `open` is the gate's decision; `digest` covers every other field by its seal. */
export interface Receipt {
  readonly version: 1;
  /** Root commit of the repository: a receipt is for one repository. */
  readonly repository: string;
  readonly base: string;
  /** Git's tree id of the candidate. */
  readonly tree: string;
  readonly plan: { readonly name: string; readonly digest: string } | null;
  /** The part of the claims that was tried, `i/n`; unset where it was all of them. */
  readonly shard?: string;
  readonly stacks: readonly string[];
  readonly images: readonly UsedImage[];
  readonly differences: readonly Difference[];
  readonly required: readonly Claim[];
  readonly verdicts: readonly Verdict[];
  /** Findings with severity error that are neither mended nor waived, as `rule file:line message`. */
  readonly errors: readonly string[];
  readonly waived: readonly string[];
  readonly tool: string;
  readonly made: string;
  readonly open: boolean;
  readonly reasons: readonly string[];
  /** The digest of each field: an edit is told by the field's name. */
  readonly seals: Readonly<Record<string, string>>;
  readonly digest: string;
}
