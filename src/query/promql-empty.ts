import { isScalar, seriesOf } from './promql-labels.ts';
import { meetsItself } from './promql-print.ts';
import { holds, valueRange } from './promql-range.ts';
import { takes } from './promql-selector.ts';
import { type Binary, bare, comparisons, type Expr, type SelectorMatcher, type VectorSelector } from './promql-tree.ts';

/** Why a part of an expression never has a result. */
export type Emptiness =
  | { readonly kind: 'values'; readonly node: Binary }
  | { readonly kind: 'self'; readonly node: Binary }
  | {
      readonly kind: 'matchers';
      readonly node: VectorSelector;
      readonly one: SelectorMatcher;
      readonly other: SelectorMatcher;
    };

/** Why an expression has no result whatever the series, where the expression itself shows it. */
export function emptiness(expr: Expr): Emptiness | undefined {
  const node = bare(expr);
  switch (node.kind) {
    case 'selector':
      return contradiction(node);
    case 'matrix':
      return contradiction(node.selector);
    case 'subquery':
    case 'unary':
    case 'aggregate':
      return emptiness(node.expr);
    case 'binary':
      return combined(node);
    case 'call': {
      const { name } = node;
      if (name.startsWith('absent') || name.startsWith('scalar')) return undefined;
      const series = seriesOf(node);
      return series && emptiness(series);
    }
    default:
      return undefined;
  }
}

function combined(node: Binary): Emptiness | undefined {
  const { op, bool, left, right } = node;
  if (op === 'or') {
    const one = emptiness(left);
    return one && emptiness(right) && one;
  }
  if (op === 'unless') return meetsItself(node) ? { kind: 'self', node } : emptiness(left);
  const inner = emptiness(left) ?? emptiness(right);
  if (inner !== undefined || !comparisons.has(op) || bool) return inner;
  if ((op === '>' || op === '<') && meetsItself(node) && !isScalar(left)) return { kind: 'self', node };
  return holds(op, valueRange(left), valueRange(right)) === 'never' ? { kind: 'values', node } : undefined;
}

function contradiction(node: VectorSelector): Emptiness | undefined {
  const { matchers } = node;
  if (matchers.length < 2) return undefined;
  for (const one of matchers) {
    const other = one.op === '=' && matchers.find((each) => each.label === one.label && !takes(each, one.value));
    if (other) return { kind: 'matchers', node, one, other };
  }
  return undefined;
}

/** Whether the values of a rate were taken to be positive, which holds for counters alone. */
export function restsOnRates(expr: Expr): boolean {
  const node = bare(expr);
  if (node.kind === 'call' && /^(?:rate|irate|increase)$/.test(node.name)) {
    const [arg] = node.args;
    return arg?.kind !== 'matrix' || !/_(?:total|count|sum|bucket)$/.test(arg.selector.metric ?? '');
  }
  if (node.kind === 'binary') return restsOnRates(node.left) || restsOnRates(node.right);
  if (node.kind === 'call') return node.args.some(restsOnRates);
  return (node.kind === 'aggregate' || node.kind === 'unary' || node.kind === 'subquery') && restsOnRates(node.expr);
}
