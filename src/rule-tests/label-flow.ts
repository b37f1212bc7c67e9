import { isScalar, seriesOf } from '../query/promql-labels.ts';
import { type Binary, bare, type Expr, setOperators, type VectorSelector } from '../query/promql-tree.ts';
import type { Recorded } from './world.ts';

/** The label names each selector's series have, while they are worked out. */
export interface Flow {
  readonly names: Map<VectorSelector, Set<string>>;
  readonly recorded: ReadonlyMap<string, readonly Recorded[]>;
  /** Whether the series of a selector can have a label. */
  readonly may: (selector: VectorSelector, label: string) => boolean;
}

/** The rules that record what a selector asks for. */
export function recordingsOf(flow: Pick<Flow, 'recorded'>, { metric }: VectorSelector): readonly Recorded[] {
  return metric === undefined ? [] : (flow.recorded.get(metric) ?? []);
}

/** The label names of an expression's result. */
export function visible(flow: Flow, expr: Expr): Set<string> {
  const node = bare(expr);
  switch (node.kind) {
    case 'selector': {
      const rules = recordingsOf(flow, node);
      if (rules.length === 0) return new Set(flow.names.get(node));
      return new Set(rules.flatMap(({ expr: inner, labels }) => [...visible(flow, inner), ...Object.keys(labels)]));
    }
    case 'matrix':
      return visible(flow, node.selector);
    case 'subquery':
    case 'unary':
      return visible(flow, node.expr);
    case 'aggregate': {
      const inner = visible(flow, node.expr);
      if (node.op === 'topk' || node.op === 'bottomk') return inner;
      if (node.grouping !== 'without') return new Set(node.labels.filter((label) => inner.has(label)));
      return new Set([...inner].filter((label) => !node.labels.includes(label)));
    }
    case 'binary':
      return visibleBinary(flow, node);
    case 'call': {
      const series = seriesOf(node);
      if (series === undefined || node.name.startsWith('absent')) return new Set();
      const inner = visible(flow, series);
      if (node.name === 'histogram_quantile') inner.delete('le');
      const target = node.args[1];
      if (node.name.startsWith('label_') && target?.kind === 'string') inner.add(target.value);
      return inner;
    }
    default:
      return new Set();
  }
}

function visibleBinary(flow: Flow, { op, matching, left, right }: Binary): Set<string> {
  if (isScalar(left)) return visible(flow, right);
  if (isScalar(right) || setOperators.has(op)) return visible(flow, left);
  const many = visible(flow, matching.group === 'right' ? right : left);
  if (matching.group !== undefined) return new Set([...many, ...matching.include]);
  return new Set([...many].filter((label) => matching.labels.includes(label) === (matching.on === true)));
}

/** Gives the series below an expression a label, where it comes through to the result. */
export function need(flow: Flow, expr: Expr, label: string): void {
  const node = bare(expr);
  switch (node.kind) {
    case 'selector': {
      const rules = recordingsOf(flow, node);
      for (const { expr: inner, labels } of rules) if (labels[label] === undefined) need(flow, inner, label);
      if (rules.length === 0 && flow.may(node, label)) flow.names.get(node)?.add(label);
      break;
    }
    case 'matrix':
      need(flow, node.selector, label);
      break;
    case 'subquery':
    case 'unary':
      need(flow, node.expr, label);
      break;
    case 'aggregate': {
      const keeps = node.op === 'topk' || node.op === 'bottomk';
      if (keeps || node.labels.includes(label) === (node.grouping !== 'without')) need(flow, node.expr, label);
      break;
    }
    case 'binary':
      needBinary(flow, node, label);
      break;
    case 'call': {
      const series = seriesOf(node);
      const [, target] = node.args;
      const makes = node.name.startsWith('label_') && target?.kind === 'string' && target.value === label;
      if (series !== undefined && !makes && !node.name.startsWith('absent')) need(flow, series, label);
      break;
    }
    default:
  }
}

function needBinary(flow: Flow, { op, matching, left, right }: Binary, label: string): void {
  const sides = isScalar(left) ? [right] : isScalar(right) ? [left] : [left, right];
  if (sides.length === 1 || op === 'or') for (const side of sides) need(flow, side, label);
  else if (matching.include.includes(label)) need(flow, matching.group === 'left' ? right : left, label);
  else if (setOperators.has(op)) need(flow, left, label);
  else if (matching.on === undefined) for (const side of sides) need(flow, side, label);
  else if (matching.group !== undefined) need(flow, matching.group === 'left' ? left : right, label);
  else if (matching.labels.includes(label) === matching.on) for (const side of sides) need(flow, side, label);
}

/** Gives the sides of an operator the labels they have to share to find each other. */
export function settle(flow: Flow, node: Binary): void {
  const { matching, left, right } = node;
  if (node.op === 'or' || isScalar(left) || isScalar(right)) return;
  if (matching.on === true) {
    for (const label of matching.labels) for (const side of [left, right]) need(flow, side, label);
  } else {
    const [of, other] = [visible(flow, left), visible(flow, right)];
    const shared = (label: string): boolean => !matching.labels.includes(label) && !matching.include.includes(label);
    for (const label of of) if (shared(label) && !other.has(label)) need(flow, right, label);
    for (const label of other) if (shared(label) && !of.has(label)) need(flow, left, label);
  }
  const single = matching.group === 'left' ? right : left;
  if (matching.group !== undefined) for (const label of matching.include) need(flow, single, label);
}
