import type { QueryProblem } from './problem.ts';
import {
  type Cursor,
  cursorOf,
  expect,
  is,
  next,
  peek,
  refuse,
  stop,
  take,
  takeNumber,
  takeString,
} from './promql-cursor.ts';
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
  if (peek(cursor).kind !== 'end') stop(cursor);
  return { tree, problems: cursor.problems };
}

function expression(cursor: Cursor, least: number, depth: number): Expr {
  if (depth > mostDepth) {
    stop(cursor, 'the expression is nested too deeply to be read');
    return nothing;
  }
  let left = operand(cursor, depth);
  for (;;) {
    const { kind, text: op, start, end } = peek(cursor);
    const strength = kind === 'sign' || kind === 'keyword' ? (strengths[op] ?? 0) : 0;
    if (strength === 0 || strength < least) return left;
    next(cursor);
    const bool = take(cursor, 'bool');
    const matching = matchingOf(cursor);
    const right = expression(cursor, op === '^' ? strength : strength + 1, depth + 1);
    const span: Span = [left.span[0], Math.max(right.span[1], end)];
    left = { kind: 'binary', op, bool, matching, left, right, opSpan: [start, end], span };
  }
}

function matchingOf(cursor: Cursor): Matching {
  if (!is(cursor, 'on') && !is(cursor, 'ignoring')) return { labels: [], include: [] };
  const on = next(cursor).text === 'on';
  const labels = grouping(cursor);
  if (!is(cursor, 'group_left') && !is(cursor, 'group_right')) return { on, labels, include: [] };
  const group = next(cursor).text === 'group_left' ? 'left' : 'right';
  return { on, labels, group, include: is(cursor, '(') ? grouping(cursor) : [] };
}

/** Labels in parentheses. Of the keywords only `without` is no label here. */
function grouping(cursor: Cursor): string[] {
  const labels: string[] = [];
  if (!expect(cursor, '(')) return labels;
  while (!is(cursor, ')')) {
    const { kind, text, start, end } = peek(cursor);
    if (kind !== 'word' && (kind !== 'keyword' || text === 'without')) break;
    labels.push(cursor.expr.slice(start, end));
    next(cursor);
    if (!take(cursor, ',')) break;
  }
  expect(cursor, ')');
  return labels;
}

/** A sign binds as a product does: tighter than a sum, looser than a power. */
function operand(cursor: Cursor, depth: number): Expr {
  const { start } = peek(cursor);
  if (!is(cursor, '+') && !is(cursor, '-')) return suffixes(cursor, primary(cursor, depth));
  const op = next(cursor).text === '-' ? '-' : '+';
  const inner = expression(cursor, 6, depth + 1);
  const span: Span = [start, inner.span[1]];
  if (inner.kind === 'number') return { ...inner, value: op === '-' ? -inner.value : inner.value, span };
  return { kind: 'unary', op, expr: inner, span };
}

function primary(cursor: Cursor, depth: number): Expr {
  const { kind, text, start, end } = peek(cursor);
  if (kind === 'number') return { kind: 'number', value: takeNumber(cursor), span: [start, end] };
  if (kind === 'string') return { kind: 'string', value: takeString(cursor), span: [start, end] };
  if (take(cursor, '(')) {
    const inner = expression(cursor, 1, depth + 1);
    expect(cursor, ')');
    return { kind: 'paren', expr: inner, span: [start, cursor.closed] };
  }
  if (is(cursor, '{')) return parseSelector(cursor, false);
  if (kind === 'word' && is(cursor, '(', 1)) return call(cursor, depth);
  const aggregates = kind === 'keyword' && aggregations.has(text);
  if (aggregates && (is(cursor, '(', 1) || is(cursor, 'by', 1) || is(cursor, 'without', 1)))
    return aggregate(cursor, depth);
  if (kind === 'word' || kind === 'metric' || (kind === 'keyword' && !neverMetric.has(text)))
    return parseSelector(cursor, true);
  stop(cursor);
  return nothing;
}

function call(cursor: Cursor, depth: number): Expr {
  const { text: name, start, end } = next(cursor);
  if (!functions.has(name)) refuse(cursor, `there is no function "${name}"`, [start, end]);
  return { kind: 'call', name, args: args(cursor, depth), span: [start, cursor.closed] };
}

function args(cursor: Cursor, depth: number): Expr[] {
  const found: Expr[] = [];
  if (!expect(cursor, '(')) return found;
  while (!is(cursor, ')')) {
    found.push(expression(cursor, 1, depth + 1));
    const { start, end } = peek(cursor);
    if (!take(cursor, ',')) break;
    if (is(cursor, ')')) refuse(cursor, 'a comma stands before the closing parenthesis', [start, end]);
  }
  expect(cursor, ')');
  return found;
}

function aggregate(cursor: Cursor, depth: number): Expr {
  const { text: op, start } = next(cursor);
  const before = by(cursor);
  const given = args(cursor, depth);
  const how = before ?? by(cursor);
  const span: Span = [start, cursor.closed];
  const wanted = parameters.has(op) ? 2 : 1;
  const [first = nothing, second = nothing] = given;
  if (given.length !== wanted) {
    const are = `${given.length === 1 ? 'is' : 'are'} ${given.length}`;
    refuse(cursor, `"${op}" takes ${wanted} ${wanted === 1 ? 'argument' : 'arguments'}, and here ${are}`, span);
  }
  const shared = { kind: 'aggregate', op, labels: how?.labels ?? [], span } as const;
  const inner = wanted === 2 ? { param: first, expr: second } : { expr: first };
  return how === undefined ? { ...shared, ...inner } : { ...shared, grouping: how.grouping, ...inner };
}

function by(cursor: Cursor): Required<Pick<Aggregate, 'grouping' | 'labels'>> | undefined {
  if (!is(cursor, 'by') && !is(cursor, 'without')) return undefined;
  const how = next(cursor).text === 'by' ? 'by' : 'without';
  return { grouping: how, labels: grouping(cursor) };
}
