import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { syntaxOf } from './promql.ts';

/**
 * What decides whether an expression has a result: `always`, it has one whatever the series; `presence`, the series are
 * there or not, whatever their values; `filter`, something in it drops results. Undefined where it cannot be told.
 */
export type Outcome = 'always' | 'presence' | 'filter';

/** What an expression's result depends on (https://prometheus.io/docs/prometheus/latest/querying/operators/). */
export function outcomeOf(expr: string): Outcome | undefined {
  const top = syntaxOf(expr);
  return top === null ? undefined : outcome(top, expr);
}

/** Whether an expression is a selector and nothing else. */
export function isSelector(expr: string): boolean {
  let node = parser.parse(expr).topNode.firstChild;
  while (node?.name === 'ParenExpr') node = node.firstChild;
  return node?.name === 'VectorSelector';
}

const comparisons = new Set(['Eql', 'EqlC', 'Neq', 'Gtr', 'Lss', 'Gte', 'Lte', 'EqlSingle']);

function outcome(node: SyntaxNode | null, expr: string): Outcome | undefined {
  switch (node?.name) {
    case 'NumberDurationLiteral':
      return 'always';
    case 'VectorSelector':
      return selector(node, expr);
    case 'UnaryExpr':
      return outcome(node.lastChild, expr);
    case 'ParenExpr':
    case 'MatrixSelector':
    case 'SubqueryExpr':
    case 'OffsetExpr':
    case 'StepInvariantExpr':
      return outcome(node.firstChild, expr);
    case 'AggregateExpr':
      return lastArgument(node.getChild('FunctionCallBody'), expr);
    case 'FunctionCall':
      return called(node, expr);
    case 'BinaryExpr':
      return combined(node, expr);
    default:
      return undefined;
  }
}

/** Series of alerts and of recording rules come and go with their values. */
function selector(node: SyntaxNode, expr: string): Outcome | undefined {
  const name = node.getChild('Identifier');
  const text = name === null ? '' : expr.slice(name.from, name.to);
  return text === '' || text.includes(':') || text.startsWith('ALERTS') ? undefined : 'presence';
}

function called(node: SyntaxNode, expr: string): Outcome | undefined {
  const name = node.firstChild === null ? '' : expr.slice(node.firstChild.from, node.firstChild.to);
  if (/^absent/.test(name)) return 'filter';
  if (name === 'vector' || name === 'time' || name === 'pi' || name === 'scalar') return 'always';
  const known =
    /^(?:rate|irate|increase|delta|idelta|deriv|predict_linear|holt_winters|abs|ceil|floor|round|exp|ln|log2|log10|sqrt|sgn|clamp|clamp_min|clamp_max|changes|resets|sort|sort_desc|timestamp|histogram_quantile|(?:avg|min|max|sum|count|quantile|stddev|stdvar|last)_over_time)$/;
  return known.test(name) ? argument(node.getChild('FunctionCallBody'), expr) : undefined;
}

/** The one argument that is a series: numbers stand beside it. */
function argument(body: SyntaxNode | null, expr: string): Outcome | undefined {
  for (let child = body?.firstChild ?? null; child !== null; child = child.nextSibling)
    if (child.name !== 'NumberDurationLiteral' && child.name !== 'UnaryExpr') return outcome(child, expr);
  return undefined;
}

function lastArgument(body: SyntaxNode | null, expr: string): Outcome | undefined {
  return outcome(body?.lastChild ?? null, expr);
}

function combined(node: SyntaxNode, expr: string): Outcome | undefined {
  const operator = node.firstChild?.nextSibling?.name ?? '';
  const [left, right] = [outcome(node.firstChild, expr), outcome(node.lastChild, expr)];
  if (operator === 'And' || operator === 'Unless') return 'filter';
  if (operator === 'Or') {
    if (left === 'always' || right === 'always') return 'always';
    return left === undefined || right === undefined ? undefined : left === 'presence' ? left : right;
  }
  if (comparisons.has(operator) && node.getChild('BoolModifier') === null) return 'filter';
  if (left === 'filter' || right === 'filter') return 'filter';
  if (left === undefined || right === undefined) return undefined;
  return left === 'presence' || right === 'presence' ? 'presence' : 'always';
}
