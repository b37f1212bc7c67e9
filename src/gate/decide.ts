import type { Claim, Verdict } from '../model/verdict.ts';

/** The gate's decision, and in words each reason why it is not open. */
export interface Decision {
  readonly open: boolean;
  readonly reasons: readonly string[];
}

/** One reason against opening; `claim` is the claim it is about, where it is about one. */
export interface Reason {
  readonly claim?: string;
  readonly why: string;
}

/**
 * Decides whether verdicts open the gate. Every required claim must have passed and have looked at something: a claim
 * without a verdict, a skipped, unknown, failed or broken one, and a pass that looked at nothing all keep it shut. So
 * does an empty list of claims, a failure nobody asked about, and each error of the files that is neither mended nor
 * waived.
 */
export function decide(required: readonly Claim[], verdicts: readonly Verdict[], errors: readonly string[]): Decision {
  const reasons = reasonsAgainst(required, verdicts, errors).map(({ claim, why }) =>
    claim === undefined ? why : `${claim}: ${why}`,
  );
  return { open: reasons.length === 0, reasons };
}

/** Every reason against opening, one for each claim and error; empty where the gate is open. */
export function reasonsAgainst(
  required: readonly Claim[],
  verdicts: readonly Verdict[],
  errors: readonly string[],
): Reason[] {
  const byClaim = new Map<string, Verdict[]>();
  for (const verdict of verdicts) byClaim.set(verdict.claim, [...(byClaim.get(verdict.claim) ?? []), verdict]);
  const asked = new Set(required.map((claim) => claim.id));
  const extra = verdicts.filter(
    ({ claim, outcome }) => !asked.has(claim) && (outcome === 'fail' || outcome === 'error'),
  );
  return [
    ...(required.length === 0 ? [{ why: 'nothing is required, so nothing is proved' }] : []),
    ...required.flatMap(({ id }) => {
      const known = byClaim.get(id) ?? [];
      return known.length === 0 ? [{ claim: id, why: 'no verdict' }] : known.flatMap(reasonAgainst);
    }),
    ...extra.flatMap(reasonAgainst),
    ...errors.map((error) => ({ why: `error in the files: ${error}` })),
  ];
}

/** Reasons as lines to read: many claims with one cause are one line, which counts them and names the first few. */
export function foldReasons(reasons: readonly Reason[], named = 3): string[] {
  const claims = new Map<string, string[]>();
  for (const { claim, why } of reasons) {
    if (claim !== undefined) claims.set(why, [...(claims.get(why) ?? []), claim]);
  }
  const said = new Set<string>();
  return reasons.flatMap(({ claim, why }) => {
    const all = claim === undefined ? [] : (claims.get(why) ?? []);
    if (all.length <= named) return [claim === undefined ? why : `${claim}: ${why}`];
    if (said.has(why)) return [];
    said.add(why);
    return [`${all.length} claims: ${why}\n${all.slice(0, named).join('\n')}\n… and ${all.length - named} more`];
  });
}

function reasonAgainst({ claim, outcome, looked, cause }: Verdict): Reason[] {
  if (outcome === 'pass') return looked > 0 ? [] : [{ claim, why: 'passed, but looked at nothing' }];
  const words = { fail: 'failed', unknown: 'unknown', error: 'broke' }[outcome];
  return [{ claim, why: `${words}${cause === undefined ? '' : `: ${cause}`}` }];
}
