/** What a token is. Keywords are lower case in `text`, whatever they are in the expression. */
export type TokenKind = 'word' | 'metric' | 'keyword' | 'number' | 'duration' | 'string' | 'sign' | 'end' | 'error';

/** A token; of an error `text` is what is wrong. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Words the language keeps for itself; `inf` and `nan` are numbers. */
const keywords = new Set(
  'and or unless atan2 sum avg count min max group stddev stdvar topk bottomk count_values quantile offset by without on ignoring group_left group_right bool start end'.split(
    ' ',
  ),
);

const spaceOrComment = /(?:[ \t\r\n]+|#[^\r\n]*)*/y;
const numberForm = /(?:0[xX][0-9a-fA-F]*(?:\.[0-9a-fA-F]*)?|[0-9]*(?:\.[0-9]*)?)(?:[eE][+-]?[0-9]*)?/y;
const unitsForm = /[smhdwy]s?(?:[0-9]+[smhdw]s?)*/y;
const signs = '-+*/%^=<>(),{}@[]';
const matchSigns = '=,{}';

/** The tokens of an expression as the lexer of Prometheus 2.47 makes them, up to the first fault and with an end. */
export function lexPromql(expr: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let parens = 0;
  let braces = false;
  let bracket: 'closed' | 'open' | 'colon' = 'closed';

  const push = (kind: TokenKind, end: number, text = expr.slice(at, end)): void => {
    tokens.push({ kind, text, start: at, end });
    at = end;
  };
  const fail = (text: string, end = Math.min(at + 1, expr.length)): Token[] => {
    tokens.push({ kind: 'error', text, start: at, end });
    return tokens;
  };

  for (;;) {
    if (mayBeSpace(expr.charCodeAt(at))) at = endOfSpace(expr, at);
    const char = expr[at];
    if (char === undefined) {
      if (braces) return fail('a brace is not closed');
      if (parens > 0) return fail('a parenthesis is not closed');
      if (bracket !== 'closed') return fail('a bracket is not closed');
      push('end', at);
      return tokens;
    }
    if (char === '"' || char === "'" || char === '`') {
      const end = endOfString(expr, at);
      if (end === undefined) return fail('the string is not closed', expr.length);
      const text = expr.slice(at, end);
      // Go reads this character where the text is no UTF-8, and the lexer does not tell the two apart.
      if (text.includes('\ufffd')) return fail('the string holds a character that is no text', end);
      push('string', end, text);
      continue;
    }
    if (braces) {
      const label = char !== ':' && startsWord(char) ? endOfWord(expr, at, false) : at;
      const sign = label > at ? at : endOfMatchSign(expr, at);
      if (label > at) push('word', label);
      else if (sign === at || char === '{') return fail(`"${char}" is not expected inside braces`);
      else {
        if (char === '}') braces = false;
        push('sign', sign);
      }
      continue;
    }
    if (isDigit(char) || (char === '.' && isDigit(expr[at + 1] ?? ''))) {
      const [kind, end] = numberOrDuration(expr, at);
      if (kind === undefined) return fail(`"${expr.slice(at, end)}" is neither a number nor a duration`, end);
      push(kind, end);
      continue;
    }
    if (startsWord(char)) {
      // Between brackets the lexer takes any letter for the colon.
      if (bracket === 'colon') return fail(`"${char}" is not expected here`);
      if (bracket === 'open') {
        bracket = 'colon';
        push('sign', at + 1, ':');
        continue;
      }
      const end = endOfWord(expr, at, true);
      const word = expr.slice(at, end);
      const lower = word.toLowerCase();
      if (keywords.has(lower)) push('keyword', end, lower);
      else if (lower === 'inf' || lower === 'nan') push('number', end, lower);
      else push(word.includes(':') ? 'metric' : 'word', end, word);
      continue;
    }
    const end = endOfSign(expr, at);
    if (end === at || (char === '=' && expr[at + 1] === '~'))
      return fail(`"${firstCharacter(expr, at)}" is not expected here`);
    if (char === '(') parens += 1;
    if (char === ')') parens -= 1;
    if (parens < 0) return fail('a parenthesis is closed that was not opened');
    if (char === '{') braces = true;
    if (char === ']') {
      if (bracket === 'closed') return fail('a bracket is closed that was not opened');
      bracket = 'closed';
    }
    if (char === '[' && bracket !== 'closed') return fail('a bracket stands inside brackets');
    push('sign', end);
    if (char !== '[') continue;
    bracket = 'open';
    while (/[ \t\r\n]/.test(expr[at] ?? '')) at += 1;
    const [kind, stop] = numberOrDuration(expr, at);
    if (kind === 'number') return fail('the brackets need a duration with a unit', Math.max(stop, at + 1));
    if (kind === undefined) return fail(`"${expr.slice(at, stop)}" is no duration`, stop);
    push('duration', stop);
  }
}

function numberOrDuration(expr: string, at: number): readonly [kind: 'number' | 'duration' | undefined, end: number] {
  numberForm.lastIndex = at;
  numberForm.test(expr);
  const digits = numberForm.lastIndex;
  if (!isWordCharacter(expr, digits)) return ['number', digits];
  unitsForm.lastIndex = digits;
  const end = unitsForm.test(expr) ? unitsForm.lastIndex : digits;
  if (end > digits && !isWordCharacter(expr, end)) return ['duration', end];
  let stop = end;
  while (isWordCharacter(expr, stop)) stop += 1;
  return [undefined, stop];
}

function endOfSpace(expr: string, at: number): number {
  spaceOrComment.lastIndex = at;
  return spaceOrComment.test(expr) ? spaceOrComment.lastIndex : at;
}

function endOfWord(expr: string, start: number, colons: boolean): number {
  let at = start + 1;
  while (isWordCharacter(expr, at) || (colons && expr[at] === ':')) at += 1;
  return at;
}

/** An operator between expressions, or a sign that stands for itself. */
function endOfSign(expr: string, at: number): number {
  const char = expr[at] ?? '';
  const pair = (char === '=' || char === '!' || char === '<' || char === '>') && expr[at + 1] === '=';
  return pair ? at + 2 : signs.includes(char) ? at + 1 : at;
}

/** A sign between braces. */
function endOfMatchSign(expr: string, at: number): number {
  const char = expr[at] ?? '';
  const after = expr[at + 1];
  const pair = (char === '=' && after === '~') || (char === '!' && (after === '~' || after === '='));
  return pair ? at + 2 : matchSigns.includes(char) ? at + 1 : at;
}

function isWordCharacter(expr: string, at: number): boolean {
  const char = expr[at] ?? '';
  return isDigit(char) || (char !== ':' && startsWord(char));
}

/** A space of any kind, or the start of a comment. */
function mayBeSpace(code: number): boolean {
  return code <= 32 || code === 35;
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}

function startsWord(char: string): boolean {
  return (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z') || char === '_' || char === ':';
}

function endOfString(expr: string, start: number): number | undefined {
  const quote = expr[start];
  for (let at = start + 1; at < expr.length; at += 1) {
    const char = expr[at];
    if (char === quote) return at + 1;
    if (quote === '`') continue;
    if (char === '\n') return undefined;
    if (char === '\\') at += 1;
  }
  return undefined;
}

function firstCharacter(expr: string, at: number): string {
  return String.fromCodePoint(expr.codePointAt(at) ?? 0);
}
