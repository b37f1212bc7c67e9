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

/** Whether a matcher takes a label's value; a label that is not there has the empty one. */
export function takes({ op, value }: Pick<Matcher, 'op' | 'value'>, text: string): boolean {
  if (op === '=' || op === '!=') return (value === text) === (op === '=');
  return matchesWhole(value, text) === (op === '=~');
}

/** True for a matcher that a series without the label also satisfies. */
export function takesEmpty(matcher: Matcher): boolean {
  return takes(matcher, '');
}
