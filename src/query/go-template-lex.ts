/** A token of an action. `spaced` says whether a space stands before it. */
export interface Token {
  readonly kind: 'word' | 'field' | 'dot' | 'variable' | 'constant' | 'string' | 'sign';
  readonly text: string;
  readonly span: readonly [start: number, end: number];
  readonly spaced: boolean;
}

/** An action of a template, `{{ … }}`, as its tokens. */
export interface Action {
  readonly tokens: readonly Token[];
  readonly span: readonly [start: number, end: number];
}

/** What is wrong with a template, and where. */
export interface TemplateProblem {
  readonly message: string;
  readonly span: readonly [start: number, end: number];
}

/** The actions of a template, and what stops its being read. */
export interface Actions {
  readonly actions: readonly Action[];
  readonly problem?: TemplateProblem;
}

const forms: readonly (readonly [Token['kind'], RegExp])[] = [
  ['string', /"(?:\\.|[^"\\\n])*"|`[^`]*`/y],
  ['constant', /'(?:\\.|[^'\\\n])+'|[-+]?(?:\d[\w.]*|\.\d\w*)/y],
  ['field', /\.[\p{L}_][\p{L}\p{N}_]*/uy],
  ['dot', /\./y],
  ['variable', /\$[\p{L}\p{N}_]*/uy],
  ['word', /[\p{L}_][\p{L}\p{N}_]*/uy],
  ['sign', /:=|[=|(),]/y],
];
const space = /\s+/y;

/** Cuts a template of Go into its actions (https://pkg.go.dev/text/template#hdr-Text_and_spaces). */
export function actionsOf(text: string): Actions {
  const actions: Action[] = [];
  let at = text.indexOf('{{');
  while (at !== -1) {
    const start = at;
    at += /^\{\{-\s/.test(text.slice(at, at + 4)) ? 4 : 2;
    if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at) + 2;
      const close = /^(?:\}\}|\s-\}\})/.exec(text.slice(end, end + 4))?.[0];
      if (end === 1 || close === undefined)
        return {
          actions,
          problem: { message: 'a comment does not fill its action', span: [start, Math.max(end, at)] },
        };
      at = end + close.length;
    } else {
      const found = tokensOf(text, at);
      if ('message' in found) return { actions, problem: found };
      if (found.end === undefined)
        return { actions, problem: { message: 'an action is not closed', span: [start, text.length] } };
      actions.push({ tokens: found.tokens, span: [start, found.end] });
      at = found.end;
    }
    at = text.indexOf('{{', at);
  }
  return { actions };
}

function tokensOf(
  text: string,
  from: number,
): { readonly tokens: readonly Token[]; readonly end: number | undefined } | TemplateProblem {
  const tokens: Token[] = [];
  let at = from;
  while (at < text.length) {
    const blank = match(space, text, at);
    const spaced = blank !== undefined;
    at += blank?.length ?? 0;
    if (text.startsWith('}}', at)) return { tokens, end: at + 2 };
    if (spaced && text.startsWith('-}}', at)) return { tokens, end: at + 3 };
    const token = tokenAt(text, at, spaced);
    if (token === undefined) {
      if (at >= text.length) break;
      const wrong = /["'`]/.test(text.charAt(at))
        ? 'a quote is not closed'
        : `"${text.charAt(at)}" has no place in an action`;
      return { message: wrong, span: [at, at + 1] };
    }
    at = token.span[1];
    const wrong = ending(token, text);
    if (wrong !== undefined) return { message: wrong, span: token.span };
    tokens.push(token);
  }
  return { tokens, end: undefined };
}

function tokenAt(text: string, at: number, spaced: boolean): Token | undefined {
  for (const [kind, form] of forms) {
    const found = match(form, text, at);
    if (found !== undefined) return { kind, text: found, span: [at, at + found.length], spaced };
  }
  return undefined;
}

const number =
  /^(?:'.*'|[-+]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|[\d_]+(?:\.[\d_]*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)i?)$/s;

/** What is wrong with how a token ends: names end at a space or a sign, numbers are numbers. */
function ending({ kind, text: written, span }: Token, text: string): string | undefined {
  if (kind === 'constant') return number.test(written) ? undefined : `"${written}" is no number`;
  if (kind !== 'word' && kind !== 'field' && kind !== 'variable') return undefined;
  const next = text.charAt(span[1]);
  if (next === '' || /[\s.,|:()]/.test(next) || text.startsWith('}}', span[1])) return undefined;
  return `"${next}" has no place behind "${written}"`;
}

function match(form: RegExp, text: string, at: number): string | undefined {
  form.lastIndex = at;
  return form.exec(text)?.[0];
}
