import { goString } from './go-string.ts';
import type { QueryProblem } from './problem.ts';

/** A word of a LogQL query. `text` is the value of a string, unquoted. */
export interface Token {
  /** The word itself for keywords and signs; `call` before a parenthesis marks a function. */
  readonly kind: string;
  readonly text: string;
  readonly span: readonly [start: number, end: number];
}

const keywords = new Set(
  `by without bool unwrap offset on ignoring group_left group_right or and unless json regexp logfmt unpack pattern
  label_format line_format decolorize drop keep`.split(/\s+/),
);
const functions = new Set(
  `rate rate_counter count_over_time bytes_rate bytes_over_time avg_over_time sum_over_time min_over_time max_over_time
  stdvar_over_time stddev_over_time quantile_over_time first_over_time last_over_time absent_over_time vector sum avg max
  min count stddev stdvar bottomk topk sort sort_desc label_replace bytes duration duration_seconds ip`.split(/\s+/),
);

const blank = /(?:[ \t\r\n]+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const name = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const figure = /0[xX][0-9a-fA-F]+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?/y;
const sign = /!=|=~|!~|\|=|\|~|==|>=|<=|[,.{}=|()+\-*/%^<>]/y;
const flag = /--[\p{L}-]+/uy;
const called = /[ \t\r\n]*(?:\(|(?:by|without)[ \t\r\n]*\()/y;
const units = /[\d.nuµmshdwy]+/y;
const sizes = /[\d.BikKMGTP]+/y;
const prometheusDuration = /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/;
const goDuration = /^-?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/;
const byteSize = /^[\d.]+(?:[kmgtpe]?i?b?)$/i;

/**
 * Cuts a query into words as Loki 2.9 does (https://grafana.com/docs/loki/v2.9.x/query/). Any other character is a
 * word of its own, which no place of the grammar takes.
 */
export function tokensOf(expr: string): { readonly tokens: readonly Token[]; readonly problem?: QueryProblem } {
  const tokens: Token[] = [];
  for (let at = skip(expr, 0); at < expr.length; at = skip(expr, at)) {
    const found = next(expr, at);
    if ('message' in found) return { tokens, problem: found };
    tokens.push(found);
    at = found.span[1];
  }
  return { tokens };
}

function next(expr: string, at: number): Token | QueryProblem {
  const token = (kind: string, end: number, text = expr.slice(at, end)): Token => ({ kind, text, span: [at, end] });
  const char = expr[at] ?? '';
  if (char === '"' || char === '`') return textAt(expr, at);
  if (char === '[') return rangeAt(expr, at);
  if (char === "'") {
    const rune = match(/'(?:[^'\\\n]|\\.)'/uy, expr, at);
    return rune === undefined
      ? { message: 'a text stands in double quotes', span: [at, at + 1] }
      : token('name', at + rune.length);
  }
  const word = match(name, expr, at);
  if (word !== undefined) {
    const end = at + word.length;
    const isCall = functions.has(word) && match(called, expr, end) !== undefined;
    return token(isCall ? `call ${word}` : keywords.has(word) ? word : 'name', end);
  }
  const number = match(figure, expr, at);
  if (number !== undefined)
    return /^0\d*[89]\d*$/.test(number)
      ? { message: `"${number}" is no number`, span: [at, at + number.length] }
      : measured(expr, at, number);
  const option = match(flag, expr, at);
  if (option === '--strict' || option === '--keep-empty') return token('flag', at + option.length);
  if (char === '-') {
    const after = match(units, expr, at + 1);
    if (after !== undefined && goDuration.test(`-${after}`)) return token('duration', at + 1 + after.length);
  }
  const found = match(sign, expr, at);
  return found === undefined ? token('name', at + 1) : token(found, at + found.length);
}

function measured(expr: string, at: number, number: string): Token {
  const end = at + number.length;
  const token = (kind: string, to: number): Token => ({ kind, text: expr.slice(at, to), span: [at, to] });
  const duration = number + (match(units, expr, end) ?? '');
  if (duration !== number && (prometheusDuration.test(duration) || goDuration.test(duration)))
    return token('duration', at + duration.length);
  const bytes = number + (match(sizes, expr, end) ?? '');
  if (bytes !== number && byteSize.test(bytes)) return token('bytes', at + bytes.length);
  return token('number', end);
}

function textAt(expr: string, at: number): Token | QueryProblem {
  const quote = expr[at] ?? '';
  let end = at + 1;
  while (end < expr.length && expr[end] !== quote && (quote === '`' || expr[end] !== '\n'))
    end += expr[end] === '\\' && quote === '"' ? 2 : 1;
  if (expr[end] !== quote) return { message: 'the string is not closed', span: [at, expr.length] };
  const value = goString(expr.slice(at, end + 1));
  if ('problem' in value) return { message: value.problem, span: [at, end + 1] };
  return { kind: 'string', text: value.text, span: [at, end + 1] };
}

function rangeAt(expr: string, at: number): Token | QueryProblem {
  const close = expr.indexOf(']', at);
  if (close === -1) return { message: 'the range is not closed', span: [at, expr.length] };
  const text = expr.slice(at + 1, close);
  const span: [number, number] = [at, close + 1];
  if (text !== '0' && (text === '' || !prometheusDuration.test(text)))
    return { message: `"${text}" is no duration like 5m`, span };
  return { kind: 'range', text, span };
}

function skip(expr: string, at: number): number {
  return at + (match(blank, expr, at)?.length ?? 0);
}

function match(form: RegExp, text: string, at: number): string | undefined {
  form.lastIndex = at;
  return form.exec(text)?.[0];
}
