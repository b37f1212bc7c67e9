import { type Cursor, expect, is, next, peek, refuse, stop, take, takeString } from './promql-cursor.ts';
import type { SelectorMatcher, Span, VectorSelector } from './promql-tree.ts';
import { matcherProblem } from './re2.ts';

/** Reads a selector; `named` where the next token is its metric's name. */
export function parseSelector(cursor: Cursor, named: boolean): VectorSelector {
  const { start } = peek(cursor);
  const nameEnd = named ? next(cursor).end : start;
  const braces = is(cursor, '{');
  const matchers = braces ? parseMatchers(cursor) : [];
  const span: Span = [start, braces ? cursor.closed : nameEnd];
  if (named)
    return { kind: 'selector', metric: cursor.expr.slice(start, nameEnd), nameSpan: [start, nameEnd], matchers, span };
  const metric = matchers.find(({ label, op }) => label === '__name__' && op === '=')?.value;
  return metric === undefined ? { kind: 'selector', matchers, span } : { kind: 'selector', metric, matchers, span };
}

function parseMatchers(cursor: Cursor): SelectorMatcher[] {
  const matchers: SelectorMatcher[] = [];
  next(cursor);
  while (!is(cursor, '}')) {
    const found = parseMatcher(cursor);
    if (found === undefined) return matchers;
    matchers.push(found);
    if (!take(cursor, ',')) break;
  }
  expect(cursor, '}');
  return matchers;
}

function parseMatcher(cursor: Cursor): SelectorMatcher | undefined {
  const { kind, text: label, start } = peek(cursor);
  if (kind === 'word') next(cursor);
  const op = kind === 'word' && peek(cursor).kind === 'sign' ? operator(peek(cursor).text) : undefined;
  if (op === undefined) {
    stop(cursor);
    return undefined;
  }
  next(cursor);
  const value = peek(cursor);
  if (value.kind !== 'string') {
    stop(cursor, 'a label is compared with a text in quotes');
    return undefined;
  }
  const text = takeString(cursor);
  const faulty = op.endsWith('~') ? matcherProblem(text) : undefined;
  if (faulty !== undefined) refuse(cursor, faulty, [value.start, value.end]);
  return { label, op, value: text, span: [start, value.end] };
}

function operator(text: string): SelectorMatcher['op'] | undefined {
  return text === '=' || text === '!=' || text === '=~' || text === '!~' ? text : undefined;
}
