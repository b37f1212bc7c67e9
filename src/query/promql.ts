import { createRequire } from 'node:module';
import { kept } from './kept.ts';
import type { QueryProblem } from './problem.ts';
import type { PromqlType } from './promql-functions.ts';
import { parseTree } from './promql-parse.ts';
import { type Selector, selectorOf } from './promql-selector.ts';
import { type Expr, nodesOf } from './promql-tree.ts';
import { checkTypes } from './promql-types.ts';

/** A PromQL expression taken apart. */
export interface ParsedPromql {
  readonly problems: readonly QueryProblem[];
  /** What Prometheus 2.47 does not know but a later version does. */
  readonly newer: readonly QueryProblem[];
  readonly selectors: readonly Selector[];
  /** The type of the whole; undefined where it has problems or needs a later version. */
  readonly type?: PromqlType;
  /** The syntax tree, where 2.47 takes the expression. */
  readonly tree?: Expr;
  /** Every node of the tree, parents first. */
  readonly nodes: readonly Expr[];
}

const load = createRequire(import.meta.url);

/**
 * Parses an expression and checks it as Prometheus 2.47 does (https://prometheus.io/docs/prometheus/2.47/querying/basics/).
 * What only a later version takes has no problems, and its `newer` says what it uses.
 */
export const parsePromql: (expr: string) => ParsedPromql = kept((expr) => {
  const { tree, problems } = parseTree(expr);
  if (problems.length > 0) return later(expr, problems);
  const { type, problems: mismatches } = checkTypes(tree);
  if (mismatches.length > 0) return later(expr, mismatches, tree);
  const nodes = nodesOf(tree);
  return { problems: [], newer: [], selectors: selectorsOf(nodes), type, tree, nodes };
});

/** The nodes of an expression in whose text a word stands: most expressions need not be looked at. */
export function nodesWith(expr: string, word: string): readonly Expr[] {
  return expr.includes(word) ? parsePromql(expr).nodes : [];
}

/** The syntax tree of an expression; undefined where 2.47 does not take it. */
export function treeOf(expr: string): Expr | undefined {
  return parsePromql(expr).tree;
}

/** One of these is in whatever only a later version takes; the rest need not wait for its grammar to load. */
const laterHint =
  /[{,]\s*["'`]|\d_\d|[<>]\/|\(\?<|\[|\boffset\b|\d(?:ms|[smhdwy])\b|\b(?:limit|fill|anchored|smoothed|histogram_|double_|info|mad_|first_|ts_of_|sort_by_|start|end|step|range)/;

function later(expr: string, problems: readonly QueryProblem[], tree?: Expr): ParsedPromql {
  const selectors = tree === undefined ? [] : selectorsOf(nodesOf(tree));
  const refused: ParsedPromql = { problems, newer: [], selectors, nodes: [] };
  if (!laterHint.test(expr)) return refused;
  const { laterThan247 }: typeof import('./promql-later.ts') = load('./promql-later.ts');
  const found = laterThan247(expr);
  return found === undefined ? refused : { problems: [], ...found, nodes: [] };
}

function selectorsOf(nodes: readonly Expr[]): Selector[] {
  let ranges: Map<Expr, number> | undefined;
  const found: Selector[] = [];
  for (const node of nodes) {
    if (node.kind === 'matrix') {
      ranges ??= new Map();
      ranges.set(node.selector, node.range);
    } else if (node.kind === 'selector') found.push(selectorOf(node, ranges?.get(node)));
  }
  return found.length < 2 ? found : found.sort((a, b) => a.span[0] - b.span[0]);
}
