import type { Matcher } from '../model/alertmanager.ts';

/** Offsets in the expression, end exclusive. */
export type Span = readonly [start: number, end: number];

/** A matcher of a selector and where it is written. */
export interface SelectorMatcher extends Matcher {
  readonly span: Span;
}

/** `offset` in seconds; `pinned` where an `@` fixes the time. */
interface Shift {
  readonly offset?: number;
  readonly pinned?: 'timestamp' | 'start' | 'end';
}

/** `metric{label="value"}`; `metric` also where it is written as a matcher of `__name__`. */
export interface VectorSelector extends Shift {
  readonly kind: 'selector';
  readonly metric?: string;
  /** Where the name is written before the braces. */
  readonly nameSpan?: Span;
  readonly matchers: readonly SelectorMatcher[];
  readonly span: Span;
}

/** `selector[5m]`: `range` in seconds. An offset written behind stands at the selector, as in Prometheus. */
export interface MatrixSelector {
  readonly kind: 'matrix';
  readonly selector: VectorSelector;
  readonly range: number;
  readonly span: Span;
}

/** `expression[1h:5m]`; without a step it is the evaluation interval. */
export interface Subquery extends Shift {
  readonly kind: 'subquery';
  readonly expr: Expr;
  readonly range: number;
  readonly step?: number;
  readonly span: Span;
}

/** How the series of two sides find each other. */
export interface Matching {
  /** Undefined where nothing is written: all labels. */
  readonly on?: boolean;
  readonly labels: readonly string[];
  readonly group?: 'left' | 'right';
  readonly include: readonly string[];
}

/** `left op right`. */
export interface Binary {
  readonly kind: 'binary';
  readonly op: string;
  readonly bool: boolean;
  readonly matching: Matching;
  readonly left: Expr;
  readonly right: Expr;
  readonly opSpan: Span;
  readonly span: Span;
}

/** A function and its arguments. */
export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expr[];
  readonly span: Span;
}

/** An aggregation: without `by` and `without` it keeps no label. */
export interface Aggregate {
  readonly kind: 'aggregate';
  readonly op: string;
  readonly grouping?: 'by' | 'without';
  readonly labels: readonly string[];
  readonly param?: Expr;
  readonly expr: Expr;
  readonly span: Span;
}

/** A node of a PromQL expression. */
export type Expr =
  | { readonly kind: 'number'; readonly value: number; readonly span: Span }
  | { readonly kind: 'string'; readonly value: string; readonly span: Span }
  | { readonly kind: 'paren'; readonly expr: Expr; readonly span: Span }
  | { readonly kind: 'unary'; readonly op: '+' | '-'; readonly expr: Expr; readonly span: Span }
  | VectorSelector
  | MatrixSelector
  | Subquery
  | Binary
  | Call
  | Aggregate;

/** Operators that compare, and those that join sets. */
export const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '>', '<=', '>=']);
export const setOperators: ReadonlySet<string> = new Set(['and', 'or', 'unless']);

/** The nodes right below a node. */
export function childrenOf(expr: Expr): readonly Expr[] {
  const found: Expr[] = [];
  pushChildren(expr, found);
  return found;
}

function pushChildren(expr: Expr, found: Expr[]): void {
  switch (expr.kind) {
    case 'paren':
    case 'unary':
    case 'subquery':
      found.push(expr.expr);
      break;
    case 'matrix':
      found.push(expr.selector);
      break;
    case 'binary':
      found.push(expr.left, expr.right);
      break;
    case 'call':
      for (const arg of expr.args) found.push(arg);
      break;
    case 'aggregate':
      if (expr.param !== undefined) found.push(expr.param);
      found.push(expr.expr);
      break;
    default:
  }
}

/** Every node below and with a node, parents first. */
export function nodesOf(expr: Expr): Expr[] {
  const found: Expr[] = [expr];
  for (let index = 0; index < found.length; index += 1) {
    const node = found[index];
    if (node !== undefined) pushChildren(node, found);
  }
  return found;
}

/** What stands inside parentheses. */
export function bare(expr: Expr): Exclude<Expr, { readonly kind: 'paren' }> {
  let inner = expr;
  while (inner.kind === 'paren') inner = inner.expr;
  return inner;
}
