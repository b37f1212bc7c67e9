import { type Aggregate, bare, type Expr, type VectorSelector } from '../query/promql-tree.ts';

/** What an expression does with the series of a selector: it decides which runs of samples are worth a try. */
export type Use = 'raw' | 'rate' | 'trend' | 'changes' | 'resets' | 'spread' | 'absent' | 'offset';

/** The uses of a selector, and the aggregations around it from the inside out. */
export interface Used {
  readonly selector: VectorSelector;
  readonly uses: readonly Use[];
  readonly aggregates: readonly Aggregate[];
}

const ofFunction: Readonly<Record<string, Use>> = {
  rate: 'rate',
  irate: 'rate',
  increase: 'rate',
  delta: 'trend',
  idelta: 'trend',
  deriv: 'trend',
  predict_linear: 'trend',
  holt_winters: 'trend',
  changes: 'changes',
  resets: 'resets',
  stddev_over_time: 'spread',
  stdvar_over_time: 'spread',
  absent: 'absent',
  absent_over_time: 'absent',
};

/** Every selector of a tree with how it is used. */
export function usesOf(tree: Expr): Used[] {
  const found: Used[] = [];
  walk(tree, [], [], found);
  return found;
}

function walk(expr: Expr, uses: readonly Use[], aggregates: readonly Aggregate[], found: Used[]): void {
  const node = bare(expr);
  switch (node.kind) {
    case 'selector': {
      const own = node.offset === undefined ? uses : [...uses, 'offset' as const];
      found.push({
        selector: node,
        uses: own.some((use) => use !== 'absent' && use !== 'offset') ? own : [...own, 'raw'],
        aggregates,
      });
      break;
    }
    case 'matrix':
      walk(node.selector, uses, aggregates, found);
      break;
    case 'subquery':
      walk(node.expr, node.offset === undefined ? uses : [...uses, 'offset'], aggregates, found);
      break;
    case 'unary':
      walk(node.expr, uses, aggregates, found);
      break;
    case 'aggregate':
      if (node.param !== undefined) walk(node.param, uses, aggregates, found);
      walk(node.expr, uses, [node, ...aggregates], found);
      break;
    case 'binary':
      walk(node.left, uses, aggregates, found);
      walk(node.right, node.op === 'unless' ? [...uses, 'absent'] : uses, aggregates, found);
      break;
    case 'call': {
      const use = ofFunction[node.name];
      for (const arg of node.args) walk(arg, use === undefined ? uses : [...uses, use], aggregates, found);
      break;
    }
    default:
  }
}
