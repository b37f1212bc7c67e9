import type { Matcher } from '../../../model/alertmanager.ts';
import { canMatch, type Series } from './sample.ts';

const none: readonly Matcher[] = [];

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
  const failed = failedBy(series, matchers);
  if (failed.length > 0) return { kind: 'labels', failed, series, has };
  return { kind: 'yes', series: narrowed(series, matchers) };
}

/** The matchers that series cannot satisfy. */
export function failedBy(series: Series, matchers: readonly Matcher[]): readonly Matcher[] {
  const fails = (matcher: Matcher): boolean => canMatch(series, matcher) === 'no';
  return matchers.some(fails) ? matchers.filter(fails) : none;
}

/** What a matcher asks for by equality is known of the series it finds. */
export function narrowed(series: Series, matchers: readonly Matcher[]): Series {
  let labels: Map<string, string | undefined> | undefined;
  for (const { op, label, value } of matchers) {
    if (op !== '=' || value === '' || !series.labels.has(label)) continue;
    labels ??= new Map(series.labels);
    labels.set(label, value);
  }
  return labels === undefined ? series : { ...series, labels };
}
