import type { Claim, Verdict } from '../model/verdict.ts';

/** The gate's decision, and in words each reason why it is not open. */
export interface Decision {
  readonly open: boolean;
  readonly reasons: readonly string[];
}

/**
 * Decides whether verdicts open the gate. Every required claim must have passed and have looked at something: a claim
 * without a verdict, a skipped, unknown, failed or broken one, and a pass that looked at nothing all keep it shut. So
 * does an empty list of claims, and each error of the files that is neither mended nor waived.
 */
export function decide(required: readonly Claim[], verdicts: readonly Verdict[], errors: readonly string[]): Decision {
  const byClaim = new Map<string, Verdict[]>();
  for (const verdict of verdicts) byClaim.set(verdict.claim, [...(byClaim.get(verdict.claim) ?? []), verdict]);
  const nothing = required.length === 0 ? ['nothing is required, so nothing is proved'] : [];
  const shut = required.flatMap((claim) => {
    const known = byClaim.get(claim.id) ?? [];
    if (known.length === 0) return [`${claim.id}: no verdict`];
    return known.flatMap((verdict) => reasonAgainst(verdict));
  });
  const reasons = [...nothing, ...shut, ...errors.map((error) => `error in the files: ${error}`)];
  return { open: reasons.length === 0, reasons };
}

function reasonAgainst(verdict: Verdict): string[] {
  if (verdict.outcome === 'pass') return verdict.looked > 0 ? [] : [`${verdict.claim}: passed, but looked at nothing`];
  const words = { fail: 'failed', unknown: 'unknown', error: 'broke' }[verdict.outcome];
  return [`${verdict.claim}: ${words}${verdict.cause === undefined ? '' : `: ${verdict.cause}`}`];
}
