import { goString } from './go-string.ts';
import type { QueryProblem } from './problem.ts';
import { lexPromql, type Token } from './promql-lex.ts';
import { exactDuration, exactNumber } from './promql-literals.ts';
import type { Span } from './promql-tree.ts';

/** What the parser reads from, token by token, and where it says what does not fit. */
export interface Cursor {
  readonly expr: string;
  readonly problems: QueryProblem[];
  readonly peek: (ahead?: number) => Token;
  /** Whether a sign or a keyword stands here. */
  readonly is: (text: string, ahead?: number) => boolean;
  readonly next: () => Token;
  /** Takes a sign or a keyword where it stands here. */
  readonly take: (text: string) => boolean;
  /** Takes it, or stops. */
  readonly expect: (text: string) => boolean;
  readonly refuse: (message: string, span: Span) => void;
  /** The first thing that does not fit ends the parsing: what follows it would only be guessed. */
  readonly stop: (message?: string) => void;
  /** Where the last number, duration or closing bracket ended. */
  readonly closing: () => number;
  readonly number: () => number;
  readonly duration: () => number;
  readonly string: () => string;
}

/** Beyond this the walkers of the tree could run out of stack. */
const mostTokens = 10_000;

/** A cursor at the start of an expression. */
export function cursorOf(expr: string): Cursor {
  const tokens = lexPromql(expr);
  const last: Token = tokens.at(-1) ?? { kind: 'end', text: '', start: 0, end: 0 };
  const problems: QueryProblem[] = [];
  let index = 0;
  let closed = 0;

  const peek = (ahead = 0): Token => tokens[index + ahead] ?? last;
  const is = (text: string, ahead = 0): boolean => {
    const token = peek(ahead);
    return token.text === text && (token.kind === 'sign' || token.kind === 'keyword');
  };
  const refuse = (message: string, span: Span): void => void problems.push({ message, span });
  const stop = (message?: string): void => {
    if (index >= tokens.length) return;
    const { kind, text, start, end } = peek();
    const span: Span = start < expr.length ? [start, end] : [Math.max(0, expr.length - 1), expr.length];
    const unexpected = `"${expr.slice(start, Math.min(end, start + 40))}" is not expected here`;
    refuse(kind === 'error' ? text : kind === 'end' ? 'the expression ends too early' : (message ?? unexpected), span);
    index = tokens.length;
  };
  const next = (): Token => {
    const token = peek();
    const { kind, text, end } = token;
    if (kind !== 'error' && kind !== 'end') index += 1;
    if (kind === 'number' || kind === 'duration' || text === ')' || text === ']' || text === '}') closed = end;
    return token;
  };
  const take = (text: string): boolean => is(text) && next().text === text;
  const expect = (text: string): boolean => {
    const there = take(text);
    if (!there) stop();
    return there;
  };
  const number = (): number => {
    const { text, start, end } = next();
    const { value, problem } = exactNumber(text);
    if (problem !== undefined) refuse(problem, [start, end]);
    return value;
  };
  const duration = (): number => {
    const { kind, text, start, end } = peek();
    if (kind !== 'duration') {
      stop(kind === 'number' ? `"${text}" needs a unit to be a duration` : undefined);
      return 0;
    }
    next();
    const { seconds, problem } = exactDuration(text);
    if (problem !== undefined) refuse(`"${text}" ${problem}`, [start, end]);
    return seconds;
  };
  const string = (): string => {
    const { text, start } = next();
    const read = goString(text);
    if (!('problem' in read)) return read.text;
    refuse(read.problem, [start + read.span[0], start + read.span[1]]);
    return '';
  };

  if (last.kind === 'end' && tokens.length === 1) refuse('the expression is empty', [0, expr.length]);
  if (tokens.length > mostTokens) refuse('the expression is too long to be read', [0, expr.length]);
  if (problems.length > 0) index = tokens.length;
  return {
    expr,
    problems,
    peek,
    is,
    next,
    take,
    expect,
    refuse,
    stop,
    closing: () => closed,
    number,
    duration,
    string,
  };
}
