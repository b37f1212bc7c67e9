import type { Matcher } from '../model/alertmanager.ts';
import { logPipeline, postFilters } from './logql-pipeline.ts';
import { fail, type Kind, labelList, matcher, peek, type Reader, take, takes } from './logql-reader.ts';
import { tokensOf } from './logql-tokens.ts';
import type { QueryProblem } from './problem.ts';
import { takesEmpty } from './promql-selector.ts';
import { regexProblem } from './re2.ts';

/** A stream selector with its place. */
export interface LogSelector {
  readonly matchers: readonly Matcher[];
  readonly span: readonly [start: number, end: number];
}

/** A query read to its end, or to its first problem. */
export interface Reading {
  readonly problem?: QueryProblem;
  readonly selectors: readonly LogSelector[];
  readonly kind: Kind;
}

const longest = 5120;

/** Reads a query by the grammar of Loki 2.9 and the checks Loki makes before it runs one. */
export function readLogql(expr: string): Reading {
  const { tokens, problem } = tokensOf(expr);
  const selectors: LogSelector[] = [];
  const reader: Reader = { expr, tokens, at: 0, broken: undefined, selectors, lax: 0, unchecked: new Set() };
  const kind = tokens.length === 0 && problem !== undefined ? 'log' : expression(reader, 0);
  const left = tokens[reader.at];
  if (reader.broken === undefined && left !== undefined)
    fail(reader, `"${left.text.slice(0, 40)}" is not expected here`);
  const found = byPlace(reader.broken, problem) ?? emptySelector(selectors.filter((one) => !reader.unchecked.has(one)));
  if (expr.length >= longest) return { problem: { message: 'the query is too long', span: [0, 1] }, selectors, kind };
  return { ...(found === undefined ? {} : { problem: found }), selectors, kind };
}

/** What the reader could not go on with may only be what the words stop at. */
function byPlace(broken: QueryProblem | undefined, words: QueryProblem | undefined): QueryProblem | undefined {
  if (broken === undefined || words === undefined) return broken ?? words;
  return broken.span[0] < words.span[0] ? broken : words;
}

function emptySelector(selectors: readonly LogSelector[]): QueryProblem | undefined {
  const found = selectors.find(({ matchers }) => matchers.every(takesEmpty));
  const message = 'the selector needs a matcher that does not match the empty text';
  return found === undefined ? undefined : { message, span: found.span };
}

const powers: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  '^': 6,
};

function expression(reader: Reader, least: number): Kind {
  let left = operand(reader);
  for (;;) {
    const token = reader.tokens[reader.at];
    const power = token === undefined ? undefined : powers[token.kind];
    if (token === undefined || power === undefined || power <= least) return left;
    take(reader);
    modifiers(reader);
    const right = expression(reader, token.kind === '^' ? power - 1 : power);
    if (left === 'log' || right === 'log') fail(reader, `"${token.text}" takes numbers and not lines`, token);
    const logical = /^(or|and|unless)$/.test(token.kind);
    if (logical && (left === 'literal' || right === 'literal'))
      fail(reader, `"${token.text}" does not take a plain number`, token);
    left = left === 'literal' && right === 'literal' ? 'literal' : 'metric';
  }
}

function modifiers(reader: Reader): void {
  takes(reader, 'bool');
  if (!takes(reader, 'on', 'ignoring')) return;
  labelList(reader);
  if (takes(reader, 'group_left', 'group_right') && peek(reader) === '(') labelList(reader);
}

function operand(reader: Reader): Kind {
  const kind = peek(reader);
  if (kind === '{') {
    selector(reader);
    logPipeline(reader);
    return 'log';
  }
  if (kind === '(') {
    take(reader, '(');
    const inner = expression(reader, 0);
    take(reader, ')');
    return inner;
  }
  if (kind === '+' || kind === '-') {
    take(reader);
    take(reader, 'number');
    return 'literal';
  }
  if (kind === 'number') {
    take(reader);
    return 'literal';
  }
  if (kind.startsWith('call ')) {
    call(reader, kind.slice(5));
    return 'metric';
  }
  take(reader, '{', '(', 'number', 'a function');
  return 'metric';
}

function call(reader: Reader, name: string): void {
  const token = take(reader);
  if (name === 'vector') {
    take(reader, '(');
    take(reader, 'number');
    take(reader, ')');
  } else if (name === 'label_replace') labelReplace(reader);
  else if (/^(bytes|duration|duration_seconds|ip)$/.test(name)) fail(reader, `"${name}" is not expected here`, token);
  else if (ranged.has(name)) rangeAggregation(reader, name);
  else vectorAggregation(reader, name);
}

function labelReplace(reader: Reader): void {
  take(reader, '(');
  const constant = beginsWithNumber(reader);
  const before = reader.selectors.length;
  reader.lax += 1;
  const inner = expression(reader, 0);
  reader.lax -= 1;
  // Of what stands in here Loki looks at the first selector alone.
  for (const one of reader.selectors.slice(before + 1)) reader.unchecked.add(one);
  if (inner === 'log' || constant) fail(reader, '"label_replace" takes a query that begins with series');
  for (let index = 0; index < 4; index += 1) {
    take(reader, ',');
    const token = take(reader, 'string');
    const problem = index === 3 && token !== undefined ? regexProblem(`^(?:${token.text})$`) : undefined;
    if (problem !== undefined) fail(reader, problem, token);
  }
  take(reader, ')');
}

/** Whether the first thing that a query computes with is a plain number: it has no labels that could be replaced. */
function beginsWithNumber({ tokens, at }: Reader): boolean {
  for (let index = at; index < tokens.length; index += 1) {
    const kind = tokens[index]?.kind ?? '';
    if (kind === '{' || kind === 'call vector') return false;
    if (kind !== 'number') continue;
    const first = index === at || /^[+-]$/.test(tokens[index - 1]?.kind ?? '');
    if (first || tokens[index + 1]?.kind !== ',') return true;
  }
  return false;
}

/** Range aggregations, and whether each takes lines, unwrapped values or both. */
const ranged: ReadonlyMap<string, 'lines' | 'values' | 'both'> = new Map([
  ['count_over_time', 'lines'],
  ['bytes_over_time', 'lines'],
  ['bytes_rate', 'lines'],
  ['rate', 'both'],
  ['absent_over_time', 'both'],
  ['rate_counter', 'values'],
  ['avg_over_time', 'values'],
  ['sum_over_time', 'values'],
  ['min_over_time', 'values'],
  ['max_over_time', 'values'],
  ['stdvar_over_time', 'values'],
  ['stddev_over_time', 'values'],
  ['quantile_over_time', 'values'],
  ['first_over_time', 'values'],
  ['last_over_time', 'values'],
]);
const grouped = /^(avg|stddev|stdvar|quantile|max|min|first|last)_over_time$/;

function rangeAggregation(reader: Reader, name: string): void {
  const start = reader.tokens[reader.at - 1];
  take(reader, '(');
  const number = peek(reader) === 'number';
  if (number) {
    take(reader);
    take(reader, ',');
  }
  const unwrapped = logRange(reader);
  take(reader, ')');
  if (number !== (name === 'quantile_over_time'))
    fail(reader, number ? `"${name}" takes no number` : `"${name}" needs a number first`, start);
  const takesOf = ranged.get(name);
  if (unwrapped ? takesOf === 'lines' : takesOf === 'values')
    fail(reader, unwrapped ? `"${name}" does not take unwrapped values` : `"${name}" needs "| unwrap"`, start);
  if (peek(reader) !== 'by' && peek(reader) !== 'without') return;
  if (!grouped.test(name)) fail(reader, `"${name}" cannot be grouped`, start);
  take(reader);
  labelList(reader);
}

function vectorAggregation(reader: Reader, name: string): void {
  const start = reader.tokens[reader.at - 1];
  const first = grouping(reader);
  take(reader, '(');
  const number = peek(reader) === 'number' && reader.tokens[reader.at + 1]?.kind === ',' ? take(reader) : undefined;
  if (number !== undefined) take(reader, ',');
  const inner = expression(reader, 0);
  if (inner === 'log') fail(reader, `"${name}" takes numbers and not lines`, start);
  take(reader, ')');
  const labels = first ?? grouping(reader) ?? 0;
  if (/^sort/.test(name) && labels > 0 && reader.lax === 0) fail(reader, `"${name}" cannot be grouped`, start);
  const counts = /^(topk|bottomk)$/.test(name);
  if (counts && (number === undefined || !/^0*[1-9]\d*$/.test(number.text)))
    fail(reader, `"${name}" needs a whole number above zero`, start);
  if (!counts && number !== undefined) fail(reader, `"${name}" takes no number`, start);
}

function grouping(reader: Reader): number | undefined {
  return takes(reader, 'by', 'without') ? labelList(reader) : undefined;
}

/** The lines of a range; whether a value is unwrapped from them. */
function logRange(reader: Reader): boolean {
  if (peek(reader) !== '(') {
    selector(reader);
    return rangeTail(reader);
  }
  take(reader, '(');
  if (peek(reader) === '(') {
    const inner = logRange(reader);
    take(reader, ')');
    return inner;
  }
  selector(reader);
  if (peek(reader) === 'range') {
    const inner = rangeTail(reader);
    take(reader, ')');
    return inner;
  }
  const piped = logPipeline(reader);
  const unwrapped = unwrap(reader);
  if (peek(reader) === 'range') {
    range(reader);
    take(reader, ')');
    return unwrapped;
  }
  take(reader, ')');
  range(reader);
  return piped || unwrapped ? unwrapped : unwrap(reader);
}

/** What comes after a selector: the range behind the pipeline, or before it. */
function rangeTail(reader: Reader): boolean {
  if (peek(reader) === 'range') {
    range(reader);
    logPipeline(reader);
    return unwrap(reader);
  }
  logPipeline(reader);
  const unwrapped = unwrap(reader);
  range(reader);
  return unwrapped;
}

function range(reader: Reader): void {
  take(reader, 'range');
  if (takes(reader, 'offset')) take(reader, 'duration');
}

function unwrap(reader: Reader): boolean {
  if (peek(reader) !== '|' || reader.tokens[reader.at + 1]?.kind !== 'unwrap') return false;
  take(reader);
  take(reader);
  if (/^call (bytes|duration|duration_seconds)$/.test(peek(reader))) {
    take(reader);
    take(reader, '(');
    take(reader, 'name');
    take(reader, ')');
  } else take(reader, 'name');
  postFilters(reader);
  return true;
}

function selector(reader: Reader): void {
  const open = take(reader, '{');
  const matchers: Matcher[] = [];
  if (peek(reader) !== '}')
    do {
      const found = matcher(reader);
      if (found !== undefined) matchers.push(found);
    } while (takes(reader, ','));
  const close = take(reader, '}');
  if (open === undefined || close === undefined) return;
  reader.selectors.push({ matchers, span: [open.span[0], close.span[1]] });
}
