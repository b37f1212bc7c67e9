import type { SyntaxNode } from '@lezer/common';
import type { Matcher } from '../model/alertmanager.ts';
import { durationSeconds } from '../model/duration.ts';
import { goString } from './go-string.ts';
import type { QueryProblem } from './problem.ts';
import { matchesWhole, regexProblem } from './re2.ts';

/** What a query reads: a metric, its matchers, and the range in brackets. */
export interface Selector {
  readonly metric?: string;
  readonly matchers: readonly Matcher[];
  readonly span: readonly [start: number, end: number];
  readonly rangeSeconds?: number;
  readonly problems: readonly QueryProblem[];
}

/** Reads a VectorSelector node. */
export function selectorOf(node: SyntaxNode, expr: string): Selector {
  const problems: QueryProblem[] = [];
  const written = node.getChild('Identifier');
  const list = node.getChild('LabelMatchers');
  const matchers = (list?.getChildren('UnquotedLabelMatcher') ?? []).flatMap((child) =>
    matcherOf(child, expr, problems),
  );
  const quotedNames = [
    ...(list?.getChildren('QuotedLabelName') ?? []),
    ...(list?.getChildren('QuotedLabelMatcher') ?? []),
  ];
  const metric = written === null ? matchers.find(isName)?.value : expr.slice(written.from, written.to);
  const span: [number, number] = [node.from, node.to];
  if (written !== null && matchers.some((matcher) => matcher.label === '__name__'))
    problems.push({ message: 'the metric name is set twice', span });
  if (written === null && quotedNames.length === 0 && problems.length === 0 && matchers.every(takesEmpty))
    problems.push({ message: 'the selector needs a matcher that does not match the empty text', span });
  const range = node.parent?.name === 'MatrixSelector' ? node.parent.getChild('DurationExpr') : null;
  const rangeSeconds = range === null ? undefined : durationSeconds(expr.slice(range.from, range.to));
  return {
    ...(metric === undefined ? {} : { metric }),
    matchers,
    span,
    ...(rangeSeconds === undefined ? {} : { rangeSeconds }),
    problems,
  };
}

function matcherOf(node: SyntaxNode, expr: string, problems: QueryProblem[]): Matcher[] {
  const text = (name: string): string => {
    const child = node.getChild(name);
    return child === null ? '' : expr.slice(child.from, child.to);
  };
  const literal = node.getChild('StringLiteral');
  const op = text('MatchOp');
  if (literal === null || !isOp(op)) return [];
  const value = goString(expr.slice(literal.from, literal.to));
  if ('problem' in value) {
    problems.push({
      message: value.problem,
      span: [literal.from + value.span[0], literal.from + value.span[1]],
    });
    return [];
  }
  const regex = op.endsWith('~') ? regexProblem(value.text) : undefined;
  if (regex !== undefined) problems.push({ message: regex, span: [literal.from, literal.to] });
  return [{ label: text('LabelName'), op, value: value.text }];
}

function isOp(text: string): text is Matcher['op'] {
  return text === '=' || text === '!=' || text === '=~' || text === '!~';
}

function isName(matcher: Matcher): boolean {
  return matcher.label === '__name__' && matcher.op === '=';
}

/** True for a matcher that a series without the label also satisfies. */
export function takesEmpty({ op, value }: Matcher): boolean {
  if (op === '=') return value === '';
  if (op === '!=') return value !== '';
  return matchesWhole(value, '') === (op === '=~');
}
