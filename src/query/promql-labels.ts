import type { SyntaxNode } from '@lezer/common';
import { kept } from './kept.ts';
import { syntaxOf } from './promql.ts';
import { parameters } from './promql-functions.ts';
import { selectorOf } from './promql-selector.ts';

/**
 * The labels the result of an expression can have, where the expression itself says so; undefined where they depend on
 * the series (https://prometheus.io/docs/prometheus/latest/querying/operators/).
 */
export const resultLabels: (expr: string) => ReadonlySet<string> | undefined = kept((expr) => {
  const top = syntaxOf(expr);
  return top === null ? undefined : labelsOf(top, expr);
});

type Labels = ReadonlySet<string> | undefined;
const none: ReadonlySet<string> = new Set();

function labelsOf(node: SyntaxNode | null, expr: string): Labels {
  switch (node?.name) {
    case 'NumberDurationLiteral':
    case 'StringLiteral':
      return none;
    case 'AggregateExpr':
      return aggregated(node, expr);
    case 'BinaryExpr':
      return combined(node, expr);
    case 'FunctionCall':
      return called(node, expr);
    case 'UnaryExpr':
      return labelsOf(node.lastChild, expr);
    case 'ParenExpr':
    case 'SubqueryExpr':
    case 'OffsetExpr':
    case 'StepInvariantExpr':
      return labelsOf(node.firstChild, expr);
    default:
      return undefined;
  }
}

function aggregated(node: SyntaxNode, expr: string): Labels {
  const name = word(node.firstChild, expr).toLowerCase();
  if (parameters.has(name) && name !== 'quantile') return undefined;
  const modifier = node.getChild('AggregateModifier');
  if (modifier === null) return none;
  return modifier.getChild('By') === null ? undefined : grouping(modifier.getChild('GroupingLabels'), expr);
}

function combined(node: SyntaxNode, expr: string): Labels {
  const [left, right] = [labelsOf(node.firstChild, expr), labelsOf(node.lastChild, expr)];
  const operator = word(node.firstChild?.nextSibling ?? null, expr).toLowerCase();
  if (operator === 'or') return left && right ? new Set([...left, ...right]) : undefined;
  if (operator === 'and' || operator === 'unless') return left;
  if (isNumber(node.firstChild)) return right;
  if (isNumber(node.lastChild)) return left;
  const matching = node.getChild('MatchingModifierClause');
  if (matching === null) return left;
  const [on, included = none] = matching.getChildren('GroupingLabels').map((list) => grouping(list, expr));
  const many = matching.getChild('GroupLeft') ? left : matching.getChild('GroupRight') ? right : undefined;
  const grouped = matching.getChild('GroupLeft') ?? matching.getChild('GroupRight');
  if (grouped) return many === undefined ? undefined : new Set([...many, ...included]);
  return matching.getChild('On') === null ? left : on;
}

function called(node: SyntaxNode, expr: string): Labels {
  const name = word(node.firstChild, expr);
  const args = argumentsOf(node.getChild('FunctionCallBody'));
  if (name === 'absent' || name === 'absent_over_time') return absentLabels(args[0] ?? null, expr);
  if (name === 'vector') return none;
  if (name.startsWith('label_') || name === 'info') return undefined;
  const series = args.find((arg) => !isNumber(arg));
  if (series === undefined) return none;
  return labelsOf(series, expr);
}

/** `absent` gives the labels that its selector asks for by equality. */
function absentLabels(arg: SyntaxNode | null, expr: string): Labels {
  const selector = arg?.name === 'MatrixSelector' ? arg.firstChild : arg;
  if (selector?.name !== 'VectorSelector') return undefined;
  return new Set(
    selectorOf(selector, expr)
      .matchers.filter(({ op }) => op === '=')
      .map(({ label }) => label),
  );
}

/** The label names of a list. */
export function grouping(list: SyntaxNode | null, expr: string): ReadonlySet<string> {
  return new Set((list?.getChildren('LabelName') ?? []).map((name) => word(name, expr)));
}

/** Whether a node is a number, signed or not. */
export function isNumber(node: SyntaxNode | null): boolean {
  return node?.name === 'NumberDurationLiteral' || (node?.name === 'UnaryExpr' && isNumber(node.lastChild));
}

/** The arguments of a call or an aggregation. */
export function argumentsOf(body: SyntaxNode | null): SyntaxNode[] {
  const args: SyntaxNode[] = [];
  for (let child = body?.firstChild ?? null; child !== null; child = child.nextSibling)
    if (child.name !== 'LineComment') args.push(child);
  return args;
}

/** The text of a node. */
export function word(node: SyntaxNode | null, expr: string): string {
  return node === null ? '' : expr.slice(node.from, node.to);
}
