import type { TemplateProblem, Token } from './go-template-lex.ts';

const constants = new Set(['true', 'false', 'nil']);

/**
 * Checks a pipeline, `$x := command | command`, and declares its variables
 * (https://pkg.go.dev/text/template#hdr-Pipelines).
 */
export function checkPipeline(
  tokens: readonly Token[],
  functions: ReadonlySet<string>,
  variables: string[],
  ranged: boolean,
): TemplateProblem | undefined {
  const { body, declared, problem } = declaration(tokens, ranged);
  if (problem !== undefined) return problem;
  const found = commands(body, functions, variables);
  variables.push(...declared);
  return found;
}

interface Declaration {
  readonly body: readonly Token[];
  readonly declared: readonly string[];
  readonly problem?: TemplateProblem;
}

function declaration(tokens: readonly Token[], ranged: boolean): Declaration {
  const sign = tokens.findIndex(({ kind, text }) => kind === 'sign' && (text === ':=' || text === '='));
  const plain = tokens.find(({ kind, text }) => kind === 'sign' && text === ',');
  if (sign === -1)
    return plain === undefined
      ? { body: tokens, declared: [] }
      : { body: [], declared: [], problem: { message: '"," has no place here', span: plain.span } };
  const names = tokens.slice(0, sign).filter(({ kind }) => kind === 'variable');
  const commas = tokens.slice(0, sign).filter(({ text }) => text === ',');
  const at = tokens[sign];
  const span = at?.span ?? [0, 0];
  const fits = names.length + commas.length === sign && names.length <= (ranged ? 2 : 1) && names.length > 0;
  if (!fits || commas.length !== names.length - 1)
    return { body: [], declared: [], problem: { message: `"${at?.text ?? ''}" does not follow a variable`, span } };
  // An assignment to what is not defined is only found where the template runs.
  const declared = names.map(({ text }) => text);
  return { body: tokens.slice(sign + 1), declared };
}

/** Checks commands between bars, what stands in parentheses included. */
function commands(
  tokens: readonly Token[],
  functions: ReadonlySet<string>,
  variables: readonly string[],
): TemplateProblem | undefined {
  // For each open parenthesis, whether its command has an operand yet, and the number of its stage.
  const levels = [{ filled: false, stage: 1 }];
  let last: Token | undefined;
  for (const token of tokens) {
    const level = levels.at(-1) ?? { filled: false, stage: 1 };
    const wrong = misplaced(token, last, level, functions, variables);
    if (wrong !== undefined) return { message: wrong, span: token.span };
    const { kind, text } = token;
    if (kind === 'sign' && text === '(') levels.push({ filled: false, stage: 1 });
    else if (kind === 'sign' && text === ')') {
      if (levels.length === 1) return { message: '")" closes nothing', span: token.span };
      levels.pop();
      const outer = levels.at(-1);
      if (outer !== undefined) outer.filled = true;
    } else if (kind === 'sign') {
      level.filled = false;
      level.stage += 1;
    } else level.filled = true;
    last = token;
  }
  const span = last?.span ?? [0, 0];
  if (levels.length > 1) return { message: 'a parenthesis is not closed', span };
  const [whole] = levels;
  return whole?.filled === true || (whole?.stage ?? 1) > 1 ? undefined : { message: 'a command is missing', span };
}

interface Level {
  readonly filled: boolean;
  readonly stage: number;
}

/** Why a token cannot stand where it does. */
function misplaced(
  { kind, text, spaced }: Token,
  last: Token | undefined,
  level: Level,
  functions: ReadonlySet<string>,
  variables: readonly string[],
): string | undefined {
  if (kind === 'sign' && text === ')')
    return level.filled || level.stage > 1 ? undefined : 'parentheses have nothing in them';
  if (kind === 'sign' && text === '|') return level.filled ? undefined : 'a command is missing before "|"';
  if (kind === 'sign' && text !== '(') return `"${text}" has no place here`;
  const constant = kind === 'constant' || kind === 'string' || kind === 'dot' || constants.has(text);
  const joined = !spaced && last !== undefined && !(last.kind === 'sign' && last.text !== ')');
  if (joined && (kind !== 'field' || isConstant(last))) return `${text} has no place right behind ${last.text}`;
  if (joined) return undefined;
  if (constant && kind !== 'dot' && !level.filled && level.stage > 1) return `${text} cannot stand after "|"`;
  if (kind === 'word' && !constant && !functions.has(text)) return `the function "${text}" is not defined`;
  return kind === 'variable' && !variables.includes(text) ? `the variable "${text}" is not defined` : undefined;
}

function isConstant({ kind, text }: Token): boolean {
  return kind === 'constant' || kind === 'string' || kind === 'dot' || constants.has(text);
}
