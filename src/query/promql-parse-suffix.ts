import type { Cursor } from './promql-cursor.ts';
import type { Expr, Span } from './promql-tree.ts';

type Pin = 'timestamp' | 'start' | 'end';

/** Reads what may follow an operand: a range or a subquery in brackets, `offset`, `@`. */
export function suffixes(cursor: Cursor, start: Expr): Expr {
  let left = start;
  for (;;) {
    if (cursor.is('[')) left = range(cursor, left);
    else if (cursor.is('offset')) left = offset(cursor, left);
    else if (cursor.is('@')) left = pinned(cursor, left);
    else return left;
  }
}

function range(cursor: Cursor, left: Expr): Expr {
  const opening = cursor.next();
  const seconds = cursor.duration();
  const [from] = left.span;
  if (cursor.take(':')) {
    const step = cursor.peek().kind === 'duration' ? { step: cursor.duration() } : {};
    cursor.expect(']');
    return { kind: 'subquery', expr: left, range: seconds, ...step, span: [from, cursor.closing()] };
  }
  cursor.expect(']');
  const span: Span = [opening.start, cursor.closing()];
  if (left.kind !== 'selector') {
    cursor.refuse('a range in brackets can only follow a selector', span);
    return left;
  }
  // With start() or end() instead of a timestamp 2.47 lets it pass.
  if (left.offset !== undefined) cursor.refuse('a range stands before its offset', span);
  else if (left.pinned === 'timestamp') cursor.refuse('a range stands before its "@"', span);
  return { kind: 'matrix', selector: left, range: seconds, span: [from, span[1]] };
}

function offset(cursor: Cursor, left: Expr): Expr {
  cursor.next();
  const sign = cursor.take('-') ? -1 : 1;
  const seconds = sign * cursor.duration();
  const shifted = shiftedBy(left);
  if (shifted === undefined) cursor.refuse('"offset" can only follow a selector or a subquery', left.span);
  else if (shifted.offset !== undefined) cursor.refuse('an offset is set twice', left.span);
  return shift(cursor, left, { offset: seconds });
}

function pinned(cursor: Cursor, left: Expr): Expr {
  cursor.next();
  const pin = pinOf(cursor);
  const shifted = shiftedBy(left);
  if (pin === undefined) return left;
  if (shifted === undefined) cursor.refuse('"@" can only follow a selector or a subquery', left.span);
  else if (shifted.pinned !== undefined) cursor.refuse('"@" is set twice', left.span);
  return shift(cursor, left, { pinned: pin });
}

function pinOf(cursor: Cursor): Pin | undefined {
  if (cursor.is('start') || cursor.is('end')) {
    const pin = cursor.next().text === 'start' ? 'start' : 'end';
    return cursor.expect('(') && cursor.expect(')') ? pin : undefined;
  }
  const sign = cursor.is('+') || cursor.is('-') ? cursor.next() : undefined;
  const { kind, start, end } = cursor.peek();
  if (kind !== 'number') {
    cursor.stop('"@" needs a timestamp, "start()" or "end()"');
    return undefined;
  }
  const value = cursor.number();
  if (!(Math.abs(value) < 2 ** 63)) cursor.refuse('the timestamp of "@" is out of bounds', [sign?.start ?? start, end]);
  return 'timestamp';
}

function shiftedBy(left: Expr): { readonly offset?: number; readonly pinned?: Pin } | undefined {
  if (left.kind === 'matrix') return left.selector;
  return left.kind === 'selector' || left.kind === 'subquery' ? left : undefined;
}

function shift(cursor: Cursor, left: Expr, by: { readonly offset: number } | { readonly pinned: Pin }): Expr {
  const span: Span = [left.span[0], cursor.closing()];
  if (left.kind === 'matrix') return { ...left, selector: { ...left.selector, ...by }, span };
  return left.kind === 'selector' || left.kind === 'subquery' ? { ...left, ...by, span } : left;
}
