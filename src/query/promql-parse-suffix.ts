import { type Cursor, expect, is, next, peek, refuse, stop, take, takeDuration, takeNumber } from './promql-cursor.ts';
import type { Expr, Span } from './promql-tree.ts';

type Pin = 'timestamp' | 'start' | 'end';

/** Reads what may follow an operand: a range or a subquery in brackets, `offset`, `@`. */
export function suffixes(cursor: Cursor, start: Expr): Expr {
  let left = start;
  for (;;) {
    if (is(cursor, '[')) left = range(cursor, left);
    else if (is(cursor, 'offset')) left = offset(cursor, left);
    else if (is(cursor, '@')) left = pinned(cursor, left);
    else return left;
  }
}

function range(cursor: Cursor, left: Expr): Expr {
  const opening = next(cursor);
  const seconds = takeDuration(cursor);
  const [from] = left.span;
  if (take(cursor, ':')) {
    const step = peek(cursor).kind === 'duration' ? { step: takeDuration(cursor) } : {};
    expect(cursor, ']');
    return { kind: 'subquery', expr: left, range: seconds, ...step, span: [from, cursor.closed] };
  }
  expect(cursor, ']');
  const span: Span = [opening.start, cursor.closed];
  if (left.kind !== 'selector') {
    refuse(cursor, 'a range in brackets can only follow a selector', span);
    return left;
  }
  // With start() or end() instead of a timestamp 2.47 lets it pass.
  if (left.offset !== undefined) refuse(cursor, 'a range stands before its offset', span);
  else if (left.pinned === 'timestamp') refuse(cursor, 'a range stands before its "@"', span);
  return { kind: 'matrix', selector: left, range: seconds, span: [from, span[1]] };
}

function offset(cursor: Cursor, left: Expr): Expr {
  next(cursor);
  const sign = take(cursor, '-') ? -1 : 1;
  const seconds = sign * takeDuration(cursor);
  const shifted = shiftedBy(left);
  if (shifted === undefined) refuse(cursor, '"offset" can only follow a selector or a subquery', left.span);
  else if (shifted.offset !== undefined) refuse(cursor, 'an offset is set twice', left.span);
  return shift(cursor, left, { offset: seconds });
}

function pinned(cursor: Cursor, left: Expr): Expr {
  next(cursor);
  const pin = pinOf(cursor);
  const shifted = shiftedBy(left);
  if (pin === undefined) return left;
  if (shifted === undefined) refuse(cursor, '"@" can only follow a selector or a subquery', left.span);
  else if (shifted.pinned !== undefined) refuse(cursor, '"@" is set twice', left.span);
  return shift(cursor, left, { pinned: pin });
}

function pinOf(cursor: Cursor): Pin | undefined {
  if (is(cursor, 'start') || is(cursor, 'end')) {
    const pin = next(cursor).text === 'start' ? 'start' : 'end';
    return expect(cursor, '(') && expect(cursor, ')') ? pin : undefined;
  }
  const sign = is(cursor, '+') || is(cursor, '-') ? next(cursor) : undefined;
  const { kind, start, end } = peek(cursor);
  if (kind !== 'number') {
    stop(cursor, '"@" needs a timestamp, "start()" or "end()"');
    return undefined;
  }
  const value = takeNumber(cursor);
  if (!(Math.abs(value) < 2 ** 63))
    refuse(cursor, 'the timestamp of "@" is out of bounds', [sign?.start ?? start, end]);
  return 'timestamp';
}

function shiftedBy(left: Expr): { readonly offset?: number; readonly pinned?: Pin } | undefined {
  if (left.kind === 'matrix') return left.selector;
  return left.kind === 'selector' || left.kind === 'subquery' ? left : undefined;
}

function shift(cursor: Cursor, left: Expr, by: { readonly offset: number } | { readonly pinned: Pin }): Expr {
  const span: Span = [left.span[0], cursor.closed];
  if (left.kind === 'matrix') return { ...left, selector: { ...left.selector, ...by }, span };
  return left.kind === 'selector' || left.kind === 'subquery' ? { ...left, ...by, span } : left;
}
