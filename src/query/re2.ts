import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS | string>();

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

function compile(pattern: string): RE2JS | string {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const made = attempt(pattern);
  compiled.set(pattern, made);
  return made;
}

function attempt(pattern: string): RE2JS | string {
  try {
    return RE2JS.compile(pattern);
  } catch (problem) {
    return problem instanceof Error ? problem.message : String(problem);
  }
}
