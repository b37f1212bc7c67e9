import { createRequire } from 'node:module';
import type { Compiled } from './re2-library.ts';

const load = createRequire(import.meta.url);
const compiled = new Map<string, Compiled | string>();

/** What most patterns are made of, and means the same to both: nothing repeated but single characters, once. */
const simple =
  /^(?:(?:[\w /:,@%&=<>~"'#;-]|\\[.dDwWsS()[\]{}|*+?^$/\\]|\.|\[\^?[\w:./| -]+\])[*+?]?(?![*+?{])|[$^](?![*+?{])|\((?:\?:|\?P<[A-Za-z_]\w*>)?|\)(?![*+?{])|\|)*$/;

/** What RE2 says against a pattern, or undefined where it compiles (https://github.com/google/re2/wiki/Syntax). */
export function regexProblem(pattern: string): string | undefined {
  const found = compile(pattern);
  return typeof found === 'string' ? found : undefined;
}

/**
 * What Prometheus 2.47 says against the pattern of a matcher. Its own fork of the library (github.com/grafana/regexp) has
 * no groups named `(?<name>…)`, and lets two groups have one name.
 */
export function matcherProblem(pattern: string): string | undefined {
  const found = regexProblem(pattern);
  if (found !== undefined) return found.includes('duplicate capture group') ? undefined : found;
  const plain = pattern.includes('(?<') ? pattern.replace(/\\Q[\s\S]*?(?:\\E|$)|\\[\s\S]|\[\^?\]?[^\]]*\]/g, '') : '';
  return plain.includes('(?<') ? 'error parsing regexp: invalid or unsupported Perl syntax: `(?<`' : undefined;
}

/**
 * Matches a whole text, as Prometheus, Alertmanager and Loki anchor the regular expressions of their matchers.
 * A pattern that does not compile matches nothing.
 */
export function matchesWhole(pattern: string, text: string): boolean {
  const found = compile(pattern);
  return typeof found === 'string' ? false : found.matches(text);
}

/** The text and its groups, where a pattern matches a whole text; undefined where it does not. */
export function captureWhole(pattern: string, text: string): string[] | undefined {
  const found = compile(pattern);
  return typeof found === 'string' ? undefined : found.groups(text);
}

function compile(pattern: string): Compiled | string {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const made = attempt(pattern);
  compiled.set(pattern, made);
  return made;
}

function attempt(pattern: string): Compiled | string {
  try {
    if (simple.test(pattern) && !namesTwice(pattern)) {
      // By itself first: ")(" would be whole between the brackets.
      const { source } = new RegExp(pattern.replace(/\\.|\[[^\]]*\]|\.|\(\?P<\w+>/g, translated), 'u');
      const same = new RegExp(`^(?:${source})$`, 'u');
      const groups = (text: string): string[] | undefined => same.exec(text)?.map((group) => group ?? '');
      return { matches: (text) => same.test(text), groups };
    }
  } catch {
    // The library has the word on what is wrong.
  }
  const { compileRe2 }: typeof import('./re2-library.ts') = load('./re2-library.ts');
  return compileRe2(pattern);
}

const meanings: Readonly<Record<string, string>> = {
  '.': '[^\\n]',
  '\\s': '[\\t\\n\\f\\r ]',
  '\\S': '[^\\t\\n\\f\\r ]',
};

/** A token of RE2 as JavaScript writes it: its dot is any character but a line feed, its space is ASCII. */
function translated(token: string): string {
  return token.startsWith('(?P<') ? '(?:' : (meanings[token] ?? token);
}

function namesTwice(pattern: string): boolean {
  const names = pattern.match(/\(\?P<\w+>/g) ?? [];
  return new Set(names).size < names.length;
}
