import type { Matcher } from '../../model/alertmanager.ts';

/** Matchers as one text, the same for the same set of them. */
export function textOf(matchers: readonly Matcher[]): string {
  const texts = matchers.map(({ label, op, value }) => `${label}${op}${value}`);
  return [...new Set(texts)].sort().join(', ') || 'every alert';
}
