import type { Matcher } from '../../model/alertmanager.ts';
import { regexProblem } from '../../query/re2.ts';
import { textsAt, textValue, valueAt } from '../values.ts';

const form = /^\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(=~|=|!=|!~)\s*([\s\S]*?)\s*$/;

/** Matchers of a text, and what of it is none: the part as it is written, and what is wrong with it. */
export interface ParsedMatchers {
  readonly matchers: readonly Matcher[];
  readonly invalid: readonly { readonly part: string; readonly wrong: string }[];
}

/**
 * Matchers in string form as version 0.26 takes them: one or several with commas, in braces or not, values quoted or bare
 * (https://prometheus.io/docs/alerting/0.26/configuration/#matcher).
 */
export function parseMatchers(text: string): ParsedMatchers {
  const matchers: Matcher[] = [];
  const invalid: { part: string; wrong: string }[] = [];
  for (const part of partsOf(text.replace(/^\{/, '').replace(/\}$/, ''))) {
    const [, label, op, raw] = form.exec(part) ?? [];
    const value = raw === undefined ? undefined : unquoted(raw);
    const refuse = (wrong: string): number => invalid.push({ part: part.trim(), wrong });
    if (label === undefined || !isOp(op)) refuse('is not written as label, operator and value');
    else if (value === undefined) refuse('has a quote that is not closed or not escaped');
    else {
      const problem = op.endsWith('~') ? patternProblem(value) : undefined;
      if (problem === undefined) matchers.push({ label, op, value });
      else refuse(`has no regular expression: ${problem}`);
    }
  }
  return { matchers, invalid };
}

/** What is wrong with the regular expression of a matcher, which Alertmanager anchors. */
export function patternProblem(pattern: string): string | undefined {
  return regexProblem(`^(?:${pattern})$`);
}

/** Matchers of the older mapping form; `op` is `=` for `match` and `=~` for `match_re`. */
export function mappedMatchers(value: unknown, key: string, op: Matcher['op']): Matcher[] {
  return Object.entries(textsAt(value, key)).map(([label, text]) => ({ label, op, value: text }));
}

/** The texts of a list of matchers; a single text counts as a list. */
export function matcherTexts(value: unknown, key: string): { readonly text: string; readonly index?: number }[] {
  const written = valueAt(value, key);
  const single = textValue(written);
  if (single !== undefined) return [{ text: single }];
  if (!Array.isArray(written)) return [];
  return written.flatMap((item: unknown, index) => {
    const text = textValue(item);
    return text === undefined ? [] : [{ text, index }];
  });
}

/** Parts between commas outside of quotes; only the last one may be empty. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let [start, quoted, escaped] = [0, false, false];
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === ',') {
      if (!quoted) {
        parts.push(text.slice(start, at));
        start = at + 1;
      }
      continue;
    }
    if (char === '"' && !escaped) quoted = !quoted;
    escaped = char === '\\' && !escaped;
  }
  const last = text.slice(start);
  return last.trim() === '' ? parts : [...parts, last];
}

/** A value without its quotes and escapes; undefined where a quote stands that none of these is. */
function unquoted(raw: string): string | undefined {
  const quoted = raw.startsWith('"');
  const closed = /^"(?:\\[\s\S]|[^"\\])*"$/.test(raw);
  if (quoted && !closed) return undefined;
  const inner = quoted ? raw.slice(1, -1) : raw;
  if (!quoted && /^(?:\\[\s\S]|[^"\\]|\\$)*$/.test(raw) === false) return undefined;
  return inner.replace(/\\([n"\\])/g, (_, char: string) => (char === 'n' ? '\n' : char));
}

function isOp(text: string | undefined): text is Matcher['op'] {
  return text === '=' || text === '!=' || text === '=~' || text === '!~';
}
