import { isIP } from 'node:net';
import { logTemplateProblem } from './log-templates.ts';
import { fail, matcherOf, peek, type Reader, take, takes } from './logql-reader.ts';
import type { Token } from './logql-tokens.ts';
import { regexProblem } from './re2.ts';

/** Reads the stages behind a selector up to an `unwrap`; whether there is one. */
export function logPipeline(reader: Reader): boolean {
  const start = reader.at;
  for (;;) {
    const kind = peek(reader);
    if (/^(\|=|\|~|!=|!~)$/.test(kind)) lineFilter(reader);
    else if (kind === '|' && reader.tokens[reader.at + 1]?.kind !== 'unwrap') stage(reader);
    else return reader.at > start;
  }
}

/** Reads the filters behind an `unwrap`. */
export function postFilters(reader: Reader): void {
  while (takes(reader, '|')) labelFilters(reader);
}

function lineFilter(reader: Reader): void {
  const op = take(reader);
  if (takes(reader, 'call ip')) {
    ipPattern(reader);
    if (op?.kind === '|~' || op?.kind === '!~') fail(reader, `"${op.kind}" does not take an address`, op);
    return;
  }
  const text = take(reader, 'string');
  const problem = op?.kind.endsWith('~') && text !== undefined ? regexProblem(text.text) : undefined;
  if (problem !== undefined) fail(reader, problem, text);
}

function stage(reader: Reader): void {
  take(reader, '|');
  const kind = peek(reader);
  if (kind === 'json' || kind === 'logfmt') {
    take(reader);
    while (kind === 'logfmt' && takes(reader, 'flag'));
    if (peek(reader) === 'name') extractions(reader, kind === 'json');
  } else if (kind === 'unpack' || kind === 'decolorize') take(reader);
  else if (kind === 'regexp' || kind === 'pattern') {
    take(reader);
    const text = take(reader, 'string');
    const problem =
      text === undefined ? undefined : kind === 'regexp' ? groupsProblem(text.text) : patternProblem(text.text);
    if (problem !== undefined) fail(reader, problem, text);
  } else if (kind === 'line_format') {
    take(reader);
    template(reader, take(reader, 'string'));
  } else if (kind === 'label_format') labelFormats(reader);
  else if (kind === 'drop' || kind === 'keep') {
    take(reader);
    do chosenLabel(reader);
    while (takes(reader, ','));
  } else labelFilters(reader);
}

function extractions(reader: Reader, json: boolean): void {
  do {
    const name = take(reader, 'name');
    if (takes(reader, '=')) {
      const path = take(reader, 'string');
      if (json && path !== undefined && !jsonPath.test(path.text))
        fail(reader, `"${path.text}" is no path into JSON`, path);
    } else if (json && name !== undefined && !jsonPath.test(name.text))
      fail(reader, `"${name.text}" is no name of a label`, name);
  } while (takes(reader, ','));
}

const jsonPath = /^(?:[\p{L}_][\p{L}\p{Nd}_]*|\["[^"]*"\]|\[\d+\])(?:\.[\p{L}_][\p{L}\p{Nd}_]*|\["[^"]*"\]|\[\d+\])*$/u;

function labelFormats(reader: Reader): void {
  take(reader);
  const seen = new Set<string>();
  do {
    const label = take(reader, 'name');
    take(reader, '=');
    const value = take(reader, 'name', 'string');
    if (value?.kind === 'string') template(reader, value);
    if (label === undefined) return;
    if (label.text === '__error__' || seen.has(label.text))
      fail(reader, `"${label.text}" cannot be formatted here`, label);
    seen.add(label.text);
  } while (takes(reader, ','));
}

function chosenLabel(reader: Reader): void {
  const label = take(reader, 'name');
  if (!/^(=|!=|=~|!~)$/.test(peek(reader))) return;
  const op = take(reader);
  const value = take(reader, 'string');
  if (label !== undefined && op !== undefined && value !== undefined) matcherOf(reader, label, op, value);
}

/** Filters by label: joined by `and`, `or`, a comma or nothing at all. */
function labelFilters(reader: Reader): void {
  do labelFilter(reader);
  while (takes(reader, 'and', 'or', ',') || peek(reader) === 'name' || peek(reader) === '(');
}

function labelFilter(reader: Reader): void {
  if (takes(reader, '(')) {
    labelFilters(reader);
    take(reader, ')');
    return;
  }
  const label = take(reader, 'name');
  const op = take(reader, '=', '!=', '=~', '!~', '==', '<', '<=', '>', '>=');
  if (label === undefined || op === undefined) return;
  const equal = op.kind === '=' || op.kind === '!=';
  if (equal && takes(reader, 'call ip')) ipPattern(reader);
  else if (equal || op.kind.endsWith('~')) {
    const value = take(reader, 'string', ...(equal ? measures : []));
    if (value?.kind === 'string') matcherOf(reader, label, op, value);
  } else take(reader, ...measures);
}

const measures: readonly string[] = ['number', 'duration', 'bytes'];

function ipPattern(reader: Reader): void {
  take(reader, '(');
  const text = take(reader, 'string');
  if (text !== undefined && !isIpPattern(text.text)) fail(reader, `"${text.text}" is no address`, text);
  take(reader, ')');
}

/** One address, a network or a range of addresses. */
function isIpPattern(text: string): boolean {
  const [first = '', second] = text.split('-').map((part) => part.trim());
  if (second !== undefined) return isIP(first) !== 0 && isIP(first) === isIP(second);
  const [address = '', bits] = text.split('/');
  if (bits === undefined) return isIP(address) !== 0;
  return isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
}

function groupsProblem(expression: string): string | undefined {
  const problem = regexProblem(expression);
  if (problem !== undefined) return problem;
  return /\(\?P?</.test(expression) ? undefined : 'the expression has no named group';
}

function patternProblem(text: string): string | undefined {
  const parts = text.split(/(<[A-Za-z_]\w*>)/);
  const names = parts.filter((_, index) => index % 2 === 1).filter((name) => name !== '<_>');
  if (names.length === 0) return 'the pattern has no named capture';
  if (new Set(names).size < names.length) return 'the pattern has the same capture twice';
  const close = parts.some((part, index) => index % 2 === 0 && part === '' && index > 0 && index < parts.length - 1);
  return close ? 'two captures of the pattern stand side by side' : undefined;
}

/** Loki compiles a template as the query runs, and refuses the query then. */
function template(reader: Reader, text: Token | undefined): void {
  const problem = text === undefined ? undefined : logTemplateProblem('loki', text.text);
  if (problem !== undefined) fail(reader, `the template is none: ${problem.message}`, text);
}
