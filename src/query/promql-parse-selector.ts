import type { Cursor } from './promql-cursor.ts';
import type { SelectorMatcher, VectorSelector } from './promql-tree.ts';
import { matcherProblem } from './re2.ts';

/** Reads a selector; `named` where the next token is its metric's name. */
export function parseSelector(cursor: Cursor, named: boolean): VectorSelector {
  const { peek, is, next, expr } = cursor;
  const { start } = peek();
  const nameSpan = named ? ([start, next().end] as const) : undefined;
  const braces = is('{');
  const matchers = braces ? parseMatchers(cursor) : [];
  const end = braces ? cursor.closing() : (nameSpan?.[1] ?? start);
  const metric =
    nameSpan === undefined
      ? matchers.find(({ label, op }) => label === '__name__' && op === '=')?.value
      : expr.slice(...nameSpan);
  return {
    kind: 'selector',
    ...(metric === undefined ? {} : { metric }),
    ...(nameSpan === undefined ? {} : { nameSpan }),
    matchers,
    span: [start, end],
  };
}

function parseMatchers(cursor: Cursor): SelectorMatcher[] {
  const matchers: SelectorMatcher[] = [];
  cursor.next();
  while (!cursor.is('}')) {
    const found = parseMatcher(cursor);
    if (found === undefined) return matchers;
    matchers.push(found);
    if (!cursor.take(',')) break;
  }
  cursor.expect('}');
  return matchers;
}

function parseMatcher({ peek, next, stop, string, refuse }: Cursor): SelectorMatcher | undefined {
  const { kind, text: label, start } = peek();
  if (kind === 'word') next();
  const op = kind === 'word' && peek().kind === 'sign' ? operator(peek().text) : undefined;
  if (op === undefined) {
    stop();
    return undefined;
  }
  next();
  const value = peek();
  if (value.kind !== 'string') {
    stop('a label is compared with a text in quotes');
    return undefined;
  }
  const text = string();
  const faulty = op.endsWith('~') ? matcherProblem(text) : undefined;
  if (faulty !== undefined) refuse(faulty, [value.start, value.end]);
  return { label, op, value: text, span: [start, value.end] };
}

function operator(text: string): SelectorMatcher['op'] | undefined {
  return text === '=' || text === '!=' || text === '=~' || text === '!~' ? text : undefined;
}
