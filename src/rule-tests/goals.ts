import { bare, comparisons, type Expr, nodesOf, setOperators } from '../query/promql-tree.ts';

/** A part of an expression that should have a result, or none. */
export interface Goal {
  readonly expr: Expr;
  readonly wanted: boolean;
}

/** The parts of an expression that decide: each comparison, and what is joined by a set operator. */
export function goalsOf(expr: Expr, wanted: boolean): Goal[] {
  const node = bare(expr);
  const own: Goal[] = [{ expr: node, wanted }];
  switch (node.kind) {
    case 'binary': {
      const sides = [...goalsOf(node.left, wanted), ...goalsOf(node.right, node.op === 'unless' ? !wanted : wanted)];
      return comparisons.has(node.op) || setOperators.has(node.op) ? [...own, ...sides] : sides;
    }
    case 'aggregate':
    case 'unary':
      return goalsOf(node.expr, wanted);
    case 'call':
      if (node.name === 'absent') return [...own, ...node.args.flatMap((arg) => goalsOf(arg, !wanted))];
      return node.args
        .filter(({ kind }) => kind === 'binary' || kind === 'call' || kind === 'aggregate' || kind === 'paren')
        .flatMap((arg) => goalsOf(arg, wanted));
    case 'selector':
      return own;
    default:
      return [];
  }
}

/** The smallest parts of an expression that decide and were never as they should be. */
export function neverReached(expr: Expr, seen: ReadonlySet<Expr>): Expr[] {
  const missing = goalsOf(expr, true)
    .map((goal) => goal.expr)
    .filter((part) => !seen.has(part));
  return missing.filter((part) => !nodesOf(part).some((inner) => inner !== part && missing.includes(bare(inner))));
}
