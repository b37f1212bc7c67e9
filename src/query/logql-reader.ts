import type { Matcher } from '../model/alertmanager.ts';
import type { Token } from './logql-tokens.ts';
import type { QueryProblem } from './problem.ts';
import { regexProblem } from './re2.ts';

/** What a query yields: lines, a number that is written, or numbers that are computed. */
export type Kind = 'log' | 'literal' | 'metric';

/** The words of a query and how far they are read. The first problem ends the reading. */
export interface Reader {
  readonly expr: string;
  readonly tokens: readonly Token[];
  at: number;
  broken: QueryProblem | undefined;
  readonly selectors: { readonly matchers: readonly Matcher[]; readonly span: readonly [number, number] }[];
  /** Above zero where Loki checks less than elsewhere: inside `label_replace`. */
  lax: number;
  readonly unchecked: Set<object>;
}

/** Keeps the first problem, and reads no further. */
export function fail(reader: Reader, message: string, token: Token | undefined = reader.tokens[reader.at]): void {
  const end = reader.expr.length;
  const span = token?.span ?? ([Math.max(0, end - 1), end] as const);
  reader.broken ??= { message, span };
  reader.at = reader.tokens.length;
}

/** The kind of the next word; the empty text at the end. */
export function peek(reader: Reader): string {
  return reader.tokens[reader.at]?.kind ?? '';
}

/** Takes the next word, which has to be of one of these kinds. */
export function take(reader: Reader, ...kinds: readonly string[]): Token | undefined {
  const token = reader.tokens[reader.at];
  if (token !== undefined && (kinds.length === 0 || kinds.includes(token.kind))) {
    reader.at += 1;
    return token;
  }
  fail(reader, token === undefined ? 'the query ends too early' : `"${token.text.slice(0, 40)}" is not expected here`);
  return undefined;
}

/** Takes the next word where it is of one of these kinds. */
export function takes(reader: Reader, ...kinds: readonly string[]): boolean {
  if (!kinds.includes(peek(reader))) return false;
  reader.at += 1;
  return true;
}

/** Reads `(a, b)`; how many labels it names. */
export function labelList(reader: Reader): number {
  take(reader, '(');
  let count = 0;
  if (peek(reader) !== ')')
    do {
      take(reader, 'name');
      count += 1;
    } while (takes(reader, ','));
  take(reader, ')');
  return count;
}

/** Reads `label="value"`. */
export function matcher(reader: Reader): Matcher | undefined {
  const label = take(reader, 'name');
  const op = take(reader, '=', '!=', '=~', '!~');
  const value = take(reader, 'string');
  return label === undefined || op === undefined || value === undefined
    ? undefined
    : matcherOf(reader, label, op, value);
}

/** A matcher of words that are read, its regular expression checked. */
export function matcherOf(reader: Reader, label: Token, op: Token, value: Token): Matcher | undefined {
  const problem = op.kind.endsWith('~') ? regexProblem(`^(?:${value.text})$`) : undefined;
  if (problem !== undefined) fail(reader, problem, value);
  return isOp(op.kind) ? { label: label.text, op: op.kind, value: value.text } : undefined;
}

function isOp(text: string): text is Matcher['op'] {
  return text === '=' || text === '!=' || text === '=~' || text === '!~';
}
