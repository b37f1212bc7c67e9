import { parser } from '@grafana/lezer-logql';
import type { SyntaxNode } from '@lezer/common';
import type { Matcher } from '../model/alertmanager.ts';
import { goString } from './go-string.ts';
import type { QueryProblem } from './problem.ts';
import { takesEmpty } from './promql-selector.ts';
import { regexProblem } from './re2.ts';

/** A LogQL query taken apart. */
export interface ParsedLogql {
  readonly problems: readonly QueryProblem[];
  readonly selectors: readonly { readonly matchers: readonly Matcher[]; readonly span: readonly [number, number] }[];
}

/** Parses a query of Loki and checks its stream selectors (https://grafana.com/docs/loki/latest/query/log_queries/). */
export function parseLogql(expr: string): ParsedLogql {
  if (expr.trim() === '')
    return { problems: [{ message: 'the query is empty', span: [0, expr.length] }], selectors: [] };
  const problems: QueryProblem[] = [];
  const selectors: { matchers: Matcher[]; span: [number, number] }[] = [];
  const see = (node: SyntaxNode): void => {
    if (node.type.isError && problems.length === 0) problems.push(errorAt(node, expr));
    if (node.name === 'Selector') {
      const matchers = matchersOf(node, expr, problems);
      selectors.push({ matchers, span: [node.from, node.to] });
      if (problems.length === 0 && !hasError(node) && matchers.every(takesEmpty))
        problems.push({
          message: 'the selector needs a matcher that does not match the empty text',
          span: [node.from, node.to],
        });
    }
    for (let child = node.firstChild; child !== null; child = child.nextSibling) see(child);
  };
  see(parser.parse(asGrammarWrites(expr)).topNode);
  return { problems: unknownToGrammar.test(expr) ? [] : problems, selectors };
}

/** Aggregations of later versions of Loki that the grammar lacks: with them nothing is known. */
const unknownToGrammar = /\b(?:approx_topk|count_values|variants|limitk|limit_ratio)\b/;

/** Loki takes the units of bytes in any case, the grammar in one. */
function asGrammarWrites(expr: string): string {
  return expr.replace(
    /(?<=\d)([kmgtpe])(i?)b\b/gi,
    (_, unit: string, binary: string) => `${unit.toUpperCase()}${binary.toLowerCase()}B`,
  );
}

function errorAt(node: SyntaxNode, expr: string): QueryProblem {
  const end = node.to > node.from ? node.to : Math.min(expr.length, node.from + 1);
  const word = expr.slice(node.from, end).trim();
  const message = word === '' ? 'the query ends too early' : `"${word.slice(0, 40)}" is not expected here`;
  return { message, span: [Math.min(node.from, Math.max(0, expr.length - 1)), Math.max(end, node.from)] };
}

function matchersOf(selector: SyntaxNode, expr: string, problems: QueryProblem[]): Matcher[] {
  const found: Matcher[] = [];
  const collect = (node: SyntaxNode): void => {
    if (node.name === 'Matcher') {
      const [label, op, literal] = [node.getChild('Identifier'), node.firstChild?.nextSibling, node.getChild('String')];
      const sign = op ? expr.slice(op.from, op.to) : '';
      if (label === null || literal === null || !isOp(sign)) return;
      const value = goString(expr.slice(literal.from, literal.to));
      const span: [number, number] = [literal.from, literal.to];
      if ('problem' in value) problems.push({ message: value.problem, span });
      else {
        const regex = sign.endsWith('~') ? regexProblem(value.text) : undefined;
        if (regex !== undefined) problems.push({ message: regex, span });
        found.push({ label: expr.slice(label.from, label.to), op: sign, value: value.text });
      }
    }
    for (let child = node.firstChild; child !== null; child = child.nextSibling) collect(child);
  };
  collect(selector);
  return found;
}

function hasError(node: SyntaxNode): boolean {
  for (let child = node.firstChild; child !== null; child = child.nextSibling)
    if (child.type.isError || hasError(child)) return true;
  return false;
}

function isOp(text: string): text is Matcher['op'] {
  return text === '=' || text === '!=' || text === '=~' || text === '!~';
}
