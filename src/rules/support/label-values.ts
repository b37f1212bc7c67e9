import type { IncomingAlert } from './alert-sources.ts';

/** What is known of one label over all alerts. */
export interface LabelValues {
  /** The first alert with each value, in order; an absent label is not among them. */
  readonly first: ReadonlyMap<string, IncomingAlert>;
  /** Whether some alert may have any value at all. */
  readonly open: boolean;
}

/** The values the alerts give a label, by all appearance. */
export function labelValues(alerts: readonly IncomingAlert[], label: string): LabelValues {
  const first = new Map<string, IncomingAlert>();
  let open = false;
  for (const alert of alerts) {
    const values = alert.likely(label);
    if (values === undefined) open = true;
    for (const value of values ?? []) if (value !== '' && !first.has(value)) first.set(value, alert);
  }
  return { first, open };
}

/** The word of a list that another may have been meant for: at most two letters apart, or the same but for case. */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  let best: { readonly word: string; readonly apart: number } | undefined;
  for (const one of words) {
    const apart = one.toLowerCase() === word.toLowerCase() ? 0 : distance(one, word);
    if (one !== word && apart <= Math.min(2, word.length / 3) && apart < (best?.apart ?? 3))
      best = { word: one, apart };
  }
  return best?.word;
}

function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
