import type { FindingDraft, Severity } from '../model/finding.ts';
import type { Place } from '../model/location.ts';
import { messageOf } from '../model/message.ts';
import type { Context, Grain, Grains } from './grains.ts';
import { walkers } from './walk.ts';

/** What a rule is written as: one claim over one grain, and the drafts of where it fails. */
export interface RuleSpec<G extends Grain> {
  /** `room/defect`, a noun phrase for what is found. */
  readonly id: string;
  readonly severity: Severity;
  readonly over: G;
  /** What holds where nothing is found: one sentence. */
  readonly claim: string;
  readonly check: (subject: Grains[G]['subject'], context: Grains[G]['context']) => readonly FindingDraft[];
}

/** What came of asking a rule about every subject of a repository. */
export interface Examination {
  readonly looked: number;
  readonly drafts: readonly FindingDraft[];
  /** Subjects on which the rule itself broke. */
  readonly breaks: readonly { readonly at: Place; readonly cause: string }[];
}

/** A rule as the engine runs it. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  readonly over: Grain;
  readonly claim: string;
  readonly examine: (context: Context) => Examination;
}

/** Makes a rule of its specification. A rule is pure: it knows its subject and what is around it, nothing else. */
export function defineRule<G extends Grain>(spec: RuleSpec<G>): Rule {
  const { id, severity, over, claim } = spec;
  return { id, severity, over, claim, examine: (context) => examine(spec, context) };
}

/** A rule whose findings the reader reports as faults: it has a claim and subjects, and nothing more to check. */
export function defineFault<G extends Grain>(spec: Omit<RuleSpec<G>, 'check'>): Rule {
  return defineRule({ ...spec, check: () => [] });
}

function examine<G extends Grain>(spec: RuleSpec<G>, context: Context): Examination {
  const visits = walkers[spec.over](context);
  const drafts: FindingDraft[] = [];
  const breaks: { at: Place; cause: string }[] = [];
  for (const visit of visits) {
    try {
      for (const draft of spec.check(visit.subject, visit.context)) drafts.push(draft);
    } catch (error) {
      breaks.push({ at: visit.at, cause: messageOf(error) });
    }
  }
  return { looked: visits.length, drafts, breaks };
}
