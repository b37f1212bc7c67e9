import { bare, type Expr, type Matching, setOperators, type VectorSelector } from './promql-tree.ts';

/** An expression in one form: two that differ in spaces, the order of matchers or needless parentheses print the same. */
export function printed(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return String(expr.value);
    case 'string':
      return JSON.stringify(expr.value);
    case 'paren':
      return printed(expr.expr);
    case 'unary':
      return `${expr.op}(${printed(expr.expr)})`;
    case 'selector':
      return `${selected(expr)}${shift(expr)}`;
    case 'matrix':
      return `${selected(expr.selector)}[${expr.range}]${shift(expr.selector)}`;
    case 'subquery':
      return `(${printed(expr.expr)})[${expr.range}:${expr.step ?? ''}]${shift(expr)}`;
    case 'call':
      return `${expr.name}(${expr.args.map(printed).join(',')})`;
    case 'aggregate': {
      const args = [...(expr.param === undefined ? [] : [printed(expr.param)]), printed(expr.expr)];
      return `${expr.op}${grouped(expr.grouping, expr.labels)}(${args.join(',')})`;
    }
    case 'binary': {
      const { op, bool, matching, left, right } = expr;
      return `(${printed(left)})${op}${bool ? ' bool' : ''}${matched(matching)}(${printed(right)})`;
    }
  }
}

/** Whether two sides of an operator are one expression, joined on all labels: each element meets itself. */
export function meetsItself(expr: Extract<Expr, { kind: 'binary' }>): boolean {
  const { left, right, matching, op } = expr;
  if (left.span[1] - left.span[0] > 10_000) return false;
  return (matching.on === undefined || setOperators.has(op)) && areSame(left, right);
}

/** Most sides differ at once, and need not be printed for that. */
function areSame(left: Expr, right: Expr): boolean {
  const [one, other] = [bare(left), bare(right)];
  if (one.kind !== other.kind) return false;
  if (one.kind === 'selector' && other.kind === 'selector' && one.metric !== other.metric) return false;
  return printed(one) === printed(other);
}

function selected({ metric, matchers }: VectorSelector): string {
  const written = matchers.filter(({ label }) => label !== '__name__' || metric === undefined);
  const parts = written.map(({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`).sort();
  return `${metric ?? ''}{${parts.join(',')}}`;
}

function shift({ offset, pinned }: { readonly offset?: number; readonly pinned?: string }): string {
  return `${offset === undefined ? '' : ` offset ${offset}`}${pinned === undefined ? '' : ` @ ${pinned}`}`;
}

function grouped(how: string | undefined, labels: readonly string[]): string {
  return how === undefined ? '' : ` ${how}(${[...labels].sort().join(',')})`;
}

function matched({ on, labels, group, include }: Matching): string {
  const side = group === undefined ? '' : ` group_${group}(${[...include].sort().join(',')})`;
  return on === undefined ? '' : `${grouped(on ? 'on' : 'ignoring', labels)}${side}`;
}
