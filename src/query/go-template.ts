import { type Action, actionsOf, type TemplateProblem, type Token } from './go-template-lex.ts';
import { checkPipeline } from './go-template-pipeline.ts';
import { kept } from './kept.ts';

type Span = readonly [start: number, end: number];

/** A name in a template; `inside` is the `define` it stands in. */
export interface TemplateName {
  readonly name: string;
  readonly span: Span;
  readonly inside?: string;
}

/** A chain such as `.CommonLabels.severity`; `dot` is what it begins at, where that is known. */
export interface FieldUse {
  readonly path: readonly string[];
  readonly span: Span;
  readonly inside?: string;
  readonly dot?: Dot;
  /** An `if` or a `with` asks whether there is any. */
  readonly isAsked?: true;
}

/** The whole notification, or one alert of it. */
export type Dot = 'data' | 'alert';

/** A template of Go taken apart. */
export interface GoTemplate {
  readonly problem?: TemplateProblem;
  readonly defined: readonly TemplateName[];
  readonly used: readonly TemplateName[];
  readonly fields: readonly FieldUse[];
}

interface Block {
  readonly kind: string;
  readonly span: Span;
  readonly dot: Dot | undefined;
  readonly name?: string;
  readonly variables: number;
  readonly otherwise: boolean;
}

/** What Go's templates bring themselves (https://pkg.go.dev/text/template#hdr-Functions). */
const builtIn = 'and call html index slice js len not or print printf println urlquery eq ge gt le lt ne'.split(' ');

/**
 * A reader of templates that know some functions besides those of Go, and some variables (with their `$`) besides `$`
 * (https://pkg.go.dev/text/template).
 */
export function templateReader(
  functions: readonly string[],
  variables: readonly string[] = [],
): (text: string) => GoTemplate {
  const known = new Set([...builtIn, ...functions]);
  return kept((text) => parse(text, known, variables));
}

function parse(text: string, functions: ReadonlySet<string>, variables: readonly string[]): GoTemplate {
  const { actions, problem: unread } = actionsOf(text);
  const state: State = { functions, blocks: [], variables: ['$', ...variables], defined: [], used: [], fields: [] };
  const { defined, used, fields } = state;
  for (const action of actions) {
    const problem = step(action, state);
    if (problem !== undefined) return { defined, used, fields, problem };
  }
  const open = state.blocks.at(-1);
  const unclosed = open && { message: `"${open.kind}" has no "end"`, span: open.span };
  const problem = unread ?? unclosed;
  return { defined, used, fields, ...(problem === undefined ? {} : { problem }) };
}

interface State {
  readonly functions: ReadonlySet<string>;
  readonly blocks: Block[];
  readonly variables: string[];
  readonly defined: TemplateName[];
  readonly used: TemplateName[];
  readonly fields: FieldUse[];
}

function step({ tokens, span }: Action, state: State): TemplateProblem | undefined {
  const [first, ...rest] = tokens;
  const word = first?.kind === 'word' ? first.text : '';
  const top = state.blocks.at(-1);
  const inside = state.blocks.find(({ name }) => name !== undefined)?.name;
  const dot = top === undefined ? 'data' : top.dot;
  const open = (kind: string, more: Partial<Block>): void => {
    state.blocks.push({ kind, span, dot, variables: state.variables.length, otherwise: false, ...more });
  };
  const piped = (pipeline: readonly Token[]): TemplateProblem | undefined => {
    if (pipeline.length === 0) return { message: `"${word}" has no value`, span };
    note(pipeline, state, dot, inside, /^(?:if|with|else)$/.test(word));
    return checkPipeline(pipeline, state.functions, state.variables, word === 'range');
  };
  const surplus = (from: number): TemplateProblem | undefined => {
    const more = tokens[from];
    return more === undefined ? undefined : { message: `"${more.text}" has no place in "${word}"`, span: more.span };
  };
  switch (word) {
    case 'end':
      if (tokens.length > 1) return surplus(1);
      if (top === undefined) return { message: '"end" closes nothing', span };
      state.blocks.pop();
      state.variables.length = top.variables;
      return undefined;
    case 'else': {
      if (top === undefined || top.otherwise || !/^(?:if|with|range)$/.test(top.kind))
        return { message: '"else" belongs to nothing', span };
      state.blocks[state.blocks.length - 1] = { ...top, dot: outerDot(state.blocks), otherwise: rest.length === 0 };
      if (rest.length === 0) return undefined;
      return top.kind === 'if' && rest[0]?.text === 'if'
        ? piped(rest.slice(1))
        : { message: '"else" takes no value', span };
    }
    case 'if':
    case 'with':
    case 'range':
      open(word, word === 'if' ? {} : { dot: word === 'range' ? rangeDot(rest, dot) : undefined });
      return piped(rest);
    case 'define':
    case 'block':
    case 'template': {
      const [name, ...pipeline] = rest;
      if (name?.kind !== 'string') return { message: `"${word}" has no name in quotes`, span };
      const named = { name: name.text.slice(1, -1), span: name.span, ...(inside === undefined ? {} : { inside }) };
      if (word !== 'define') state.used.push(named);
      if (word === 'template') return pipeline.length === 0 ? undefined : piped(pipeline);
      state.defined.push(named);
      if (word === 'define' && pipeline.length > 0) return surplus(2);
      if (word === 'define' && top !== undefined) return { message: '"define" stands inside of another block', span };
      open(word, { name: named.name, dot: undefined });
      return word === 'block' ? piped(pipeline) : undefined;
    }
    case 'break':
    case 'continue':
      if (tokens.length > 1) return surplus(1);
      return state.blocks.some(({ kind }) => kind === 'range')
        ? undefined
        : { message: `"${word}" is in no "range"`, span };
    default:
      if (tokens.length === 0) return { message: 'an action has nothing in it', span };
      note(tokens, state, dot, inside, false);
      return checkPipeline(tokens, state.functions, state.variables, false);
  }
}

/** The dot around the innermost block. */
function outerDot(blocks: readonly Block[]): Dot | undefined {
  const outer = blocks.at(-2);
  return outer === undefined ? 'data' : outer.dot;
}

function rangeDot(tokens: readonly Token[], dot: Dot | undefined): Dot | undefined {
  const text = tokens.map((token) => token.text).join('');
  const over = /(?:^|:=)(\$?)\.Alerts(?:\.Firing|\.Resolved)?$/.exec(text);
  return over !== null && (over[1] === '$' || dot === 'data') ? 'alert' : undefined;
}

/** Keeps the chains of fields of an action. */
function note(
  tokens: readonly Token[],
  state: State,
  dot: Dot | undefined,
  inside: string | undefined,
  isAsked: boolean,
): void {
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    const ended =
      before?.kind === 'sign' ? before.text === ')' : before?.kind === 'field' || before?.kind === 'variable';
    const joined = !token.spaced && before !== undefined && ended;
    const root = joined && before.kind === 'variable' && before.text === '$';
    if (token.kind !== 'field' || (joined && !root)) return;
    const path = [token];
    for (let next = tokens[index + 1]; next?.kind === 'field' && !next.spaced; next = tokens[index + path.length])
      path.push(next);
    // "$" is the whole notification, but what a "define" was called with inside of one.
    const from = root ? (inside === undefined ? 'data' : undefined) : dot;
    state.fields.push({
      path: path.map(({ text }) => text.slice(1)),
      span: [token.span[0], path.at(-1)?.span[1] ?? token.span[1]],
      ...(inside === undefined ? {} : { inside }),
      ...(from === undefined ? {} : { dot: from }),
      ...(isAsked ? { isAsked } : {}),
    });
  });
}
