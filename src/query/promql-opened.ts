import { parsePromql } from './promql.ts';
import { type Binary, comparisons, type Expr, type VectorSelector } from './promql-tree.ts';

/** A piece of the expression that another text takes the place of. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** No series has it, so that what `absent` looks for is absent. */
const nobody = 'stackproof_nobody=~".+"';

/**
 * The expression without its filters: it gives every label set with which an alert on it could fire, whatever the values
 * are at present. A comparison gets `bool`, so that it drops nothing; what `unless` takes away stays; and what `absent`
 * looks for is made absent. Undefined where the expression does not parse
 * (https://prometheus.io/docs/prometheus/2.47/querying/operators/#comparison-binary-operators).
 */
export function openedExpression(expr: string): string | undefined {
  const { tree, nodes } = parsePromql(expr);
  if (tree === undefined) return undefined;
  const edits = nodes.flatMap((node) => editsOf(node, expr));
  // Whatever stands in a piece that is taken away goes with it.
  const cuts = edits.filter((edit) => edit.to > edit.from);
  const kept = edits.filter((edit) => !cuts.some((cut) => cut !== edit && cut.from <= edit.from && edit.to <= cut.to));
  return kept
    .sort((a, b) => b.from - a.from)
    .reduce((text, { from, to, text: put }) => `${text.slice(0, from)}${put}${text.slice(to)}`, expr);
}

function editsOf(node: Expr, expr: string): Edit[] {
  if (node.kind === 'binary') return binaryEdits(node);
  if (node.kind !== 'call' || !node.name.startsWith('absent')) return [];
  const [arg] = node.args;
  const selector = arg?.kind === 'matrix' ? arg.selector : arg;
  // Of anything but a selector, `absent` knows no labels.
  if (selector?.kind !== 'selector') return [{ from: node.span[0], to: node.span[1], text: 'vector(1)' }];
  return [putMatcher(selector, expr)];
}

function binaryEdits({ op, bool, opSpan, left, span }: Binary): Edit[] {
  if (op === 'unless') return [{ from: left.span[1], to: span[1], text: '' }];
  return comparisons.has(op) && !bool ? [{ from: opSpan[1], to: opSpan[1], text: ' bool ' }] : [];
}

function putMatcher({ span, matchers }: VectorSelector, expr: string): Edit {
  const brace = expr.indexOf('{', span[0]);
  if (brace !== -1 && brace < span[1])
    return { from: brace + 1, to: brace + 1, text: matchers.length > 0 ? `${nobody},` : nobody };
  const end = span[0] + (/^[a-zA-Z_:][\w:]*/.exec(expr.slice(span[0]))?.[0].length ?? 0);
  return { from: end, to: end, text: `{${nobody}}` };
}
