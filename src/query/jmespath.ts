import { messageOf } from '../model/message.ts';
/**
 * What is wrong with a JMESPath expression, or undefined where it can be read
 * (https://jmespath.org/specification.html#grammar). Names of functions are not looked at: they are known when it runs.
 */
export function jmespathProblem(text: string): string | undefined {
  try {
    const tokens = tokensOf(text);
    const reader = { tokens, at: 0 };
    expression(reader, 0);
    const left = tokens[reader.at];
    return left === undefined || left.kind === 'end' ? undefined : `"${left.text}" is not expected`;
  } catch (problem) {
    return messageOf(problem);
  }
}

interface Token {
  readonly kind: string;
  readonly text: string;
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
}

const shapes: readonly (readonly [kind: string | undefined, form: RegExp])[] = [
  [undefined, /[ \t\r\n]+/y],
  ['name', /[A-Za-z_]\w*/y],
  ['quoted', /"(?:[^"\\]|\\[\s\S])*"/y],
  ['literal', /'(?:[^'\\]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`/y],
  ['number', /-\d+|\d+/y],
  ['flatten', /\[\]/y],
  ['filter', /\[\?/y],
  ['compare', /==|!=|<=|>=|<|>/y],
  ['or', /\|\|/y],
  ['and', /&&/y],
  ['pipe', /\|/y],
  ['sign', /[.*@&!()[\]{},:]/y],
];

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    let matched = '';
    for (const [kind, form] of shapes) {
      form.lastIndex = at;
      const found = form.exec(text)?.[0];
      if (found === undefined) continue;
      matched = found;
      if (kind !== undefined) tokens.push({ kind: kind === 'sign' ? found : kind, text: found });
      break;
    }
    if (matched === '') throw new Error(`"${text[at]}" is not expected`);
    at += matched.length;
  }
  return [...tokens, { kind: 'end', text: '' }];
}

const powers: Readonly<Record<string, number>> = {
  pipe: 1,
  or: 2,
  and: 3,
  compare: 5,
  flatten: 9,
  '*': 20,
  filter: 21,
  '.': 40,
  '!': 45,
  '{': 50,
  '[': 55,
  '(': 60,
};

function peek(reader: Reader, ahead = 0): string {
  return reader.tokens[reader.at + ahead]?.kind ?? 'end';
}

function take(reader: Reader, ...kinds: readonly string[]): Token {
  const token = reader.tokens[reader.at];
  if (token === undefined || (kinds.length > 0 && !kinds.includes(token.kind)))
    throw new Error(
      token === undefined || token.kind === 'end' ? 'it ends too early' : `"${token.text}" is not expected`,
    );
  reader.at += 1;
  return token;
}

function expression(reader: Reader, power: number): void {
  prefix(reader);
  while ((powers[peek(reader)] ?? 0) > power) infix(reader);
}

function prefix(reader: Reader): void {
  const { kind } = take(reader, 'name', 'quoted', 'literal', '*', '@', '&', '!', '(', '[', '{', 'flatten', 'filter');
  if (kind === '*') {
    if (peek(reader) !== ']') projection(reader, 20);
  } else if (kind === 'flatten') projection(reader, 9);
  else if (kind === 'filter') filter(reader);
  else if (kind === '&' || kind === '!') expression(reader, kind === '!' ? 45 : 0);
  else if (kind === '[') bracket(reader, true);
  else if (kind === '{') hash(reader);
  else if (kind === '(') {
    expression(reader, 0);
    take(reader, ')');
  } else if (kind === 'quoted' && peek(reader) === '(') throw new Error('a quoted name is no function');
}

function infix(reader: Reader): void {
  const { kind } = take(reader);
  if (kind === '.' && peek(reader) === '*') {
    take(reader, '*');
    projection(reader, 40);
  } else if (kind === '.') dotted(reader, 40);
  else if (kind === 'flatten') projection(reader, 9);
  else if (kind === 'filter') filter(reader);
  else if (kind === '[') bracket(reader, false);
  else if (kind === '(') list(reader, ')');
  else if (kind === '*' || kind === '{' || kind === '!') throw new Error(`"${kind}" is not expected`);
  else expression(reader, powers[kind] ?? 0);
}

function dotted(reader: Reader, power: number): void {
  if (/^(name|quoted|\*)$/.test(peek(reader))) expression(reader, power);
  else if (take(reader, '[', '{').kind === '{') hash(reader);
  else list(reader, ']');
}

function projection(reader: Reader, power: number): void {
  const kind = peek(reader);
  if ((powers[kind] ?? 0) < 10) return;
  if (kind === '[' || kind === 'filter') expression(reader, power);
  else {
    take(reader, '.');
    dotted(reader, power);
  }
}

function filter(reader: Reader): void {
  expression(reader, 0);
  take(reader, ']');
  if (peek(reader) !== 'flatten') projection(reader, 21);
}

function bracket(reader: Reader, first: boolean): void {
  const kind = peek(reader);
  if (kind === 'number' || kind === ':') {
    const slice = index(reader);
    if (slice) projection(reader, 20);
  } else if (kind === '*' && peek(reader, 1) === ']') {
    take(reader);
    take(reader);
    projection(reader, 20);
  } else if (first) list(reader, ']');
  else take(reader, 'number');
}

function index(reader: Reader): boolean {
  let colons = 0;
  while (peek(reader) !== ']') {
    if (take(reader, 'number', ':').kind === ':') colons += 1;
    if (colons > 2) throw new Error('a slice has two colons at most');
  }
  take(reader, ']');
  return colons > 0;
}

/** The arguments of a function, or the expressions of a list, which is never empty. */
function list(reader: Reader, end: string): void {
  while (end === ']' || peek(reader) !== end) {
    expression(reader, 0);
    if (peek(reader) !== ',') break;
    take(reader, ',');
  }
  take(reader, end);
}

function hash(reader: Reader): void {
  for (;;) {
    take(reader, 'name', 'quoted');
    take(reader, ':');
    expression(reader, 0);
    if (take(reader, ',', '}').kind === '}') return;
  }
}
