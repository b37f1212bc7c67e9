import type { Matcher } from '../model/alertmanager.ts';

/** A metric and its matchers, or the matchers of streams, as they are written in a query. */
export function selectorText(part: { readonly metric?: string; readonly matchers: readonly Matcher[] }): string {
  const { metric, matchers } = part;
  const written = matchers.filter(({ label }) => label !== '__name__' || metric === undefined);
  const text = written.map(({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`).join(',');
  return metric === undefined || written.length > 0 ? `${metric ?? ''}{${text}}` : metric;
}
