import { treeOf } from './promql.ts';
import { isScalar } from './promql-labels.ts';
import { holds, valueRange } from './promql-range.ts';
import {
  type Aggregate,
  type Binary,
  bare,
  type Call,
  comparisons,
  type Expr,
  type VectorSelector,
} from './promql-tree.ts';

/**
 * What decides whether an expression has a result: `always`, it has one whatever the series; `presence`, the series are
 * there or not, whatever their values; `filter`, something in it drops results. Undefined where it cannot be told.
 */
export type Outcome = 'always' | 'presence' | 'filter';

/** What an expression's result depends on (https://prometheus.io/docs/prometheus/2.47/querying/operators/). */
export function outcomeOf(expr: string): Outcome | undefined {
  const tree = treeOf(expr);
  return tree === undefined ? undefined : outcome(tree);
}

function outcome(expr: Expr): Outcome | undefined {
  const node = bare(expr);
  switch (node.kind) {
    case 'number':
      return 'always';
    case 'selector':
      return selector(node);
    case 'matrix':
      return selector(node.selector);
    case 'unary':
    case 'subquery':
      return outcome(node.expr);
    case 'aggregate':
      return aggregate(node);
    case 'call':
      return called(node);
    case 'binary':
      return combined(node);
    default:
      return undefined;
  }
}

/** Series of alerts and of recording rules come and go with their values. */
function selector({ metric }: VectorSelector): Outcome | undefined {
  return metric === undefined || metric.includes(':') || metric.startsWith('ALERTS') ? undefined : 'presence';
}

function aggregate({ op, expr }: Aggregate): Outcome | undefined {
  return op === 'count_values' ? undefined : outcome(expr);
}

function called({ name, args }: Call): Outcome | undefined {
  if (name.startsWith('absent')) return 'filter';
  if (name === 'vector' || name === 'time' || name === 'pi' || name === 'scalar') return 'always';
  if (name.startsWith('label_')) return undefined;
  const series = args.find((arg) => !isScalar(arg) && arg.kind !== 'string');
  return series === undefined ? 'always' : outcome(series);
}

function combined({ op, bool, left, right }: Binary): Outcome | undefined {
  const [one, other] = [outcome(left), op === '/' && isGuard(right) ? undefined : outcome(right)];
  if (op === 'and' || op === 'unless') return 'filter';
  if (op === 'or') {
    if (one === 'always' || other === 'always') return 'always';
    return one === undefined || other === undefined ? undefined : one === 'presence' ? one : other;
  }
  if (comparisons.has(op) && !bool && !holdsAlways(op, left, right)) return 'filter';
  if (one === 'filter' || other === 'filter') return 'filter';
  if (one === undefined || other === undefined) return undefined;
  return one === 'presence' || other === 'presence' ? 'presence' : 'always';
}

/** A divisor that leaves out zeros is there to be divided by; whether any is left cannot be told. */
function isGuard(divisor: Expr): boolean {
  const node = bare(divisor);
  if (node.kind !== 'binary' || (node.op !== '>' && node.op !== '!=') || node.bool) return false;
  const limit = bare(node.right);
  return limit.kind === 'number' && limit.value === 0;
}

/** A comparison that every value passes leaves nothing out; between two vectors the join still may. */
function holdsAlways(op: string, left: Expr, right: Expr): boolean {
  return isScalar(left) !== isScalar(right) && holds(op, valueRange(left), valueRange(right)) === 'always';
}
