import type { Matcher } from '../../../model/alertmanager.ts';
import { canMatch, type Series } from './sample.ts';

/** How one producer answers a selector. */
export type Reply =
  | { readonly kind: 'yes' | 'likely'; readonly series: Series }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'off'; readonly group: string }
  | { readonly kind: 'missing' | 'dropped' }
  /** Its labels do not fit; `has` says whether it has the name. */
  | { readonly kind: 'labels'; readonly failed: readonly Matcher[]; readonly series: Series; readonly has: boolean };

/** What is left of series after the matchers. */
export function sieve(series: Series, matchers: readonly Matcher[], has: boolean): Reply {
  const failed = matchers.filter((matcher) => canMatch(series, matcher) === 'no');
  if (failed.length > 0) return { kind: 'labels', failed, series, has };
  return { kind: 'yes', series: narrowed(series, matchers) };
}

/** What a matcher asks for by equality is known of the series it finds. */
function narrowed(series: Series, matchers: readonly Matcher[]): Series {
  const asked = matchers.filter(({ op, label, value }) => op === '=' && value !== '' && series.labels.has(label));
  if (asked.length === 0) return series;
  return {
    ...series,
    labels: new Map([...series.labels, ...asked.map(({ label, value }) => [label, value] as const)]),
  };
}
