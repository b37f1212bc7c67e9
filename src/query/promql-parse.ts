import type { QueryProblem } from './problem.ts';
import { type Cursor, cursorOf } from './promql-cursor.ts';
import { functions, parameters } from './promql-functions.ts';
import { parseSelector } from './promql-parse-selector.ts';
import { suffixes } from './promql-parse-suffix.ts';
import type { Aggregate, Expr, Matching, Span } from './promql-tree.ts';

const strengths: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '>': 3,
  '<=': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  atan2: 5,
  '^': 6,
};
const aggregations = new Set('sum avg count min max group stddev stdvar topk bottomk count_values quantile'.split(' '));
const neverMetric = new Set(['atan2', 'bool', 'ignoring', 'on', 'group_left', 'group_right']);
/** Beyond this the parser could run out of stack. */
const mostDepth = 500;
const nothing: Expr = { kind: 'number', value: Number.NaN, span: [0, 0] };

/** Parses an expression by the grammar of Prometheus 2.47; with problems the tree is not to be used. */
export function parseTree(expr: string): { readonly tree: Expr; readonly problems: readonly QueryProblem[] } {
  const cursor = cursorOf(expr);
  const tree = expression(cursor, 1, 0);
  if (cursor.peek().kind !== 'end') cursor.stop();
  return { tree, problems: cursor.problems };
}

function expression(cursor: Cursor, least: number, depth: number): Expr {
  if (depth > mostDepth) {
    cursor.stop('the expression is nested too deeply to be read');
    return nothing;
  }
  let left = operand(cursor, depth);
  for (;;) {
    const { kind, text: op, start, end } = cursor.peek();
    const strength = kind === 'sign' || kind === 'keyword' ? (strengths[op] ?? 0) : 0;
    if (strength === 0 || strength < least) return left;
    cursor.next();
    const { bool, ...matching } = modifiers(cursor);
    const right = expression(cursor, op === '^' ? strength : strength + 1, depth + 1);
    const span: Span = [left.span[0], Math.max(right.span[1], end)];
    left = { kind: 'binary', op, bool, matching, left, right, opSpan: [start, end], span };
  }
}

function modifiers(cursor: Cursor): Matching & { readonly bool: boolean } {
  const bool = cursor.take('bool');
  if (!cursor.is('on') && !cursor.is('ignoring')) return { bool, labels: [], include: [] };
  const on = cursor.next().text === 'on';
  const labels = grouping(cursor);
  if (!cursor.is('group_left') && !cursor.is('group_right')) return { bool, on, labels, include: [] };
  const group = cursor.next().text === 'group_left' ? 'left' : 'right';
  return { bool, on, labels, group, include: cursor.is('(') ? grouping(cursor) : [] };
}

/** Labels in parentheses. Of the keywords only `without` is no label here. */
function grouping(cursor: Cursor): string[] {
  const labels: string[] = [];
  if (!cursor.expect('(')) return labels;
  while (!cursor.is(')')) {
    const { kind, text, start, end } = cursor.peek();
    if (kind !== 'word' && (kind !== 'keyword' || text === 'without')) break;
    labels.push(cursor.expr.slice(start, end));
    cursor.next();
    if (!cursor.take(',')) break;
  }
  cursor.expect(')');
  return labels;
}

/** A sign binds as a product does: tighter than a sum, looser than a power. */
function operand(cursor: Cursor, depth: number): Expr {
  const { start } = cursor.peek();
  if (!cursor.is('+') && !cursor.is('-')) return suffixes(cursor, primary(cursor, depth));
  const op = cursor.next().text === '-' ? '-' : '+';
  const inner = expression(cursor, 6, depth + 1);
  const span: Span = [start, inner.span[1]];
  if (inner.kind === 'number') return { ...inner, value: op === '-' ? -inner.value : inner.value, span };
  return { kind: 'unary', op, expr: inner, span };
}

function primary(cursor: Cursor, depth: number): Expr {
  const { is } = cursor;
  const { kind, text, start, end } = cursor.peek();
  if (kind === 'number') return { kind: 'number', value: cursor.number(), span: [start, end] };
  if (kind === 'string') return { kind: 'string', value: cursor.string(), span: [start, end] };
  if (cursor.take('(')) {
    const inner = expression(cursor, 1, depth + 1);
    cursor.expect(')');
    return { kind: 'paren', expr: inner, span: [start, cursor.closing()] };
  }
  if (is('{')) return parseSelector(cursor, false);
  if (kind === 'word' && is('(', 1)) return call(cursor, depth);
  const aggregates = kind === 'keyword' && aggregations.has(text);
  if (aggregates && (is('(', 1) || is('by', 1) || is('without', 1))) return aggregate(cursor, depth);
  if (kind === 'word' || kind === 'metric' || (kind === 'keyword' && !neverMetric.has(text)))
    return parseSelector(cursor, true);
  cursor.stop();
  return nothing;
}

function call(cursor: Cursor, depth: number): Expr {
  const { text: name, start, end } = cursor.next();
  if (!functions.has(name)) cursor.refuse(`there is no function "${name}"`, [start, end]);
  return { kind: 'call', name, args: args(cursor, depth), span: [start, cursor.closing()] };
}

function args(cursor: Cursor, depth: number): Expr[] {
  const found: Expr[] = [];
  if (!cursor.expect('(')) return found;
  while (!cursor.is(')')) {
    found.push(expression(cursor, 1, depth + 1));
    const { start, end } = cursor.peek();
    if (!cursor.take(',')) break;
    if (cursor.is(')')) cursor.refuse('a comma stands before the closing parenthesis', [start, end]);
  }
  cursor.expect(')');
  return found;
}

function aggregate(cursor: Cursor, depth: number): Expr {
  const { text: op, start } = cursor.next();
  const before = by(cursor);
  const given = args(cursor, depth);
  const how = before ?? by(cursor) ?? { labels: [] };
  const span: Span = [start, cursor.closing()];
  const wanted = parameters.has(op) ? 2 : 1;
  const [first = nothing, second = nothing] = given;
  if (given.length !== wanted) {
    const are = `${given.length === 1 ? 'is' : 'are'} ${given.length}`;
    cursor.refuse(`"${op}" takes ${wanted} ${wanted === 1 ? 'argument' : 'arguments'}, and here ${are}`, span);
  }
  return { kind: 'aggregate', op, ...how, ...(wanted === 2 ? { param: first, expr: second } : { expr: first }), span };
}

function by(cursor: Cursor): Pick<Aggregate, 'grouping' | 'labels'> | undefined {
  if (!cursor.is('by') && !cursor.is('without')) return undefined;
  const how = cursor.next().text === 'by' ? 'by' : 'without';
  return { grouping: how, labels: grouping(cursor) };
}
