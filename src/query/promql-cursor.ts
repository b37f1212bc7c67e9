import { goString } from './go-string.ts';
import type { QueryProblem } from './problem.ts';
import { lexPromql, type Token } from './promql-lex.ts';
import { exactDuration, exactNumber } from './promql-literals.ts';
import type { Span } from './promql-tree.ts';

/** What the parser reads from, token by token, and where it says what does not fit. */
export interface Cursor {
  readonly expr: string;
  readonly problems: QueryProblem[];
  readonly tokens: readonly Token[];
  /** What stands after all others. */
  readonly last: Token;
  index: number;
  /** Where the last number, duration or closing bracket ended. */
  closed: number;
}

/** Beyond this the walkers of the tree could run out of stack. */
const mostTokens = 10_000;
const none: Token = { kind: 'end', text: '', start: 0, end: 0 };

/** A cursor at the start of an expression. */
export function cursorOf(expr: string): Cursor {
  const tokens = lexPromql(expr);
  const last = tokens[tokens.length - 1] ?? none;
  const cursor: Cursor = { expr, problems: [], tokens, last, index: 0, closed: 0 };
  if (last.kind === 'end' && tokens.length === 1) refuse(cursor, 'the expression is empty', [0, expr.length]);
  if (tokens.length > mostTokens) refuse(cursor, 'the expression is too long to be read', [0, expr.length]);
  if (cursor.problems.length > 0) cursor.index = tokens.length;
  return cursor;
}

/** The token here, or one that is so many ahead. */
export function peek(cursor: Cursor, ahead = 0): Token {
  return cursor.tokens[cursor.index + ahead] ?? cursor.last;
}

/** Whether a sign or a keyword stands here. */
export function is(cursor: Cursor, wanted: string, ahead = 0): boolean {
  const { kind, text } = peek(cursor, ahead);
  return text === wanted && (kind === 'sign' || kind === 'keyword');
}

/** Takes the token here, unless it is the end or a fault. */
export function next(cursor: Cursor): Token {
  const token = peek(cursor);
  const { kind, text, end } = token;
  if (kind !== 'error' && kind !== 'end') cursor.index += 1;
  if (kind === 'number' || kind === 'duration' || text === ')' || text === ']' || text === '}') cursor.closed = end;
  return token;
}

/** Takes a sign or a keyword where it stands here. */
export function take(cursor: Cursor, wanted: string): boolean {
  return is(cursor, wanted) && next(cursor).text === wanted;
}

/** Takes it, or stops. */
export function expect(cursor: Cursor, wanted: string): boolean {
  const there = take(cursor, wanted);
  if (!there) stop(cursor);
  return there;
}

/** Says what does not fit, and goes on. */
export function refuse(cursor: Cursor, message: string, span: Span): void {
  cursor.problems.push({ message, span });
}

/** The first thing that does not fit ends the parsing: what follows it would only be guessed. */
export function stop(cursor: Cursor, message?: string): void {
  const { expr, index, tokens } = cursor;
  if (index >= tokens.length) return;
  const { kind, text, start, end } = peek(cursor);
  const span: Span = start < expr.length ? [start, end] : [Math.max(0, expr.length - 1), expr.length];
  const unexpected = `"${expr.slice(start, Math.min(end, start + 40))}" is not expected here`;
  const words = kind === 'error' ? text : kind === 'end' ? 'the expression ends too early' : (message ?? unexpected);
  refuse(cursor, words, span);
  cursor.index = tokens.length;
}

/** Takes a number. */
export function takeNumber(cursor: Cursor): number {
  const { text, start, end } = next(cursor);
  const { value, problem } = exactNumber(text);
  if (problem !== undefined) refuse(cursor, problem, [start, end]);
  return value;
}

/** Takes a duration, in seconds; 0 where there is none. */
export function takeDuration(cursor: Cursor): number {
  const { kind, text, start, end } = peek(cursor);
  if (kind !== 'duration') {
    stop(cursor, kind === 'number' ? `"${text}" needs a unit to be a duration` : undefined);
    return 0;
  }
  next(cursor);
  const { seconds, problem } = exactDuration(text);
  if (problem !== undefined) refuse(cursor, `"${text}" ${problem}`, [start, end]);
  return seconds;
}

/** Takes a text in quotes. */
export function takeString(cursor: Cursor): string {
  const { text, start } = next(cursor);
  const read = goString(text);
  if (!('problem' in read)) return read.text;
  refuse(cursor, read.problem, [start + read.span[0], start + read.span[1]]);
  return '';
}
