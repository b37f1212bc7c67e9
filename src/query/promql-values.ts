import type { SyntaxNode } from '@lezer/common';
import { kept } from './kept.ts';
import { syntaxOf } from './promql.ts';
import { parameters } from './promql-functions.ts';
import { argumentsOf, grouping, isNumber, word } from './promql-labels.ts';
import { selectorOf } from './promql-selector.ts';
import { wordsOf } from './word-list.ts';

/** Labels with the values they can have, none of them empty. A label that is not in it may have any value, or none. */
export type Values = ReadonlyMap<string, readonly string[]>;

const none: Values = new Map();

/** The values that an expression itself gives the labels of its result: `up{job="a"} == 0` has the job "a" and no other. */
export const resultValues: (expr: string) => Values = kept((expr) => valuesOf(syntaxOf(expr), expr));

function valuesOf(node: SyntaxNode | null, expr: string): Values {
  switch (node?.name) {
    case 'VectorSelector':
      return asked(node, expr, true);
    case 'AggregateExpr':
      return aggregated(node, expr);
    case 'BinaryExpr':
      return combined(node, expr);
    case 'FunctionCall':
      return called(node, expr);
    case 'UnaryExpr':
      return valuesOf(node.lastChild, expr);
    case 'ParenExpr':
    case 'MatrixSelector':
    case 'SubqueryExpr':
    case 'OffsetExpr':
    case 'StepInvariantExpr':
      return valuesOf(node.firstChild, expr);
    default:
      return none;
  }
}

function asked(selector: SyntaxNode, expr: string, lists: boolean): Values {
  const values = new Map<string, readonly string[]>();
  for (const { label, op, value } of selectorOf(selector, expr).matchers) {
    if (label === '__name__' || value === '' || values.has(label)) continue;
    const words = op === '=' ? [value] : op === '=~' && lists ? wordsOf(value) : undefined;
    if (words !== undefined) values.set(label, words);
  }
  return values;
}

function aggregated(node: SyntaxNode, expr: string): Values {
  const name = word(node.firstChild, expr).toLowerCase();
  const inner = valuesOf(node.getChild('FunctionCallBody')?.lastChild ?? null, expr);
  if (parameters.has(name) && name !== 'quantile') return name === 'count_values' ? none : inner;
  const modifier = node.getChild('AggregateModifier');
  if (modifier === null) return none;
  const names = grouping(modifier.getChild('GroupingLabels'), expr);
  const by = modifier.getChild('By') !== null;
  return only(inner, (label) => names.has(label) === by);
}

function called(node: SyntaxNode, expr: string): Values {
  const name = word(node.firstChild, expr);
  const args = argumentsOf(node.getChild('FunctionCallBody'));
  if (name.startsWith('label_') || name === 'info' || name === 'vector') return none;
  const series = args.find((arg) => !isNumber(arg)) ?? null;
  if (!name.startsWith('absent')) return valuesOf(series, expr);
  const selector = series?.name === 'MatrixSelector' ? series.firstChild : series;
  return selector?.name === 'VectorSelector' ? asked(selector, expr, false) : none;
}

function combined(node: SyntaxNode, expr: string): Values {
  const operator = word(node.firstChild?.nextSibling ?? null, expr).toLowerCase();
  const left = valuesOf(node.firstChild, expr);
  if (operator === 'and' || operator === 'unless') return left;
  const right = valuesOf(node.lastChild, expr);
  if (operator === 'or') return either(left, right);
  if (isNumber(node.firstChild)) return right;
  const matching = node.getChild('MatchingModifierClause');
  if (isNumber(node.lastChild) || matching === null) return left;
  const [on, included] = matching.getChildren('GroupingLabels').map((list) => grouping(list, expr));
  const copied = (values: Values): Values => only(values, (label) => included?.has(label) !== true);
  if (matching.getChild('GroupRight') !== null) return copied(right);
  if (matching.getChild('GroupLeft') !== null) return copied(left);
  return matching.getChild('On') === null ? left : only(left, (label) => on?.has(label) === true);
}

function either(left: Values, right: Values): Values {
  const values = new Map<string, readonly string[]>();
  for (const [label, words] of left) {
    const others = right.get(label);
    if (others !== undefined) values.set(label, [...new Set([...words, ...others])]);
  }
  return values;
}

function only(values: Values, keep: (label: string) => boolean): Values {
  return new Map([...values].filter(([label]) => keep(label)));
}
