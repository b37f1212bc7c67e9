import type { Matcher } from '../model/alertmanager.ts';
import type { Span, VectorSelector } from './promql-tree.ts';
import { matchesWhole } from './re2.ts';

/** What a query reads: a metric, its matchers, and the range in brackets. */
export interface Selector {
  readonly metric?: string;
  readonly matchers: readonly Matcher[];
  readonly span: Span;
  readonly rangeSeconds?: number;
}

/** What a selector of the tree reads; its span ends with the braces. */
export function selectorOf(node: VectorSelector, rangeSeconds?: number): Selector {
  const { metric, matchers, span } = node;
  if (metric === undefined) return rangeSeconds === undefined ? { matchers, span } : { matchers, span, rangeSeconds };
  return rangeSeconds === undefined ? { metric, matchers, span } : { metric, matchers, span, rangeSeconds };
}

/** True for a matcher that a series without the label also satisfies. */
export function takesEmpty({ op, value }: Matcher): boolean {
  if (op === '=') return value === '';
  if (op === '!=') return value !== '';
  return matchesWhole(value, '') === (op === '=~');
}
