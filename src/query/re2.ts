import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS | undefined>();

/**
 * Whether a text matches a regular expression as Prometheus and Alertmanager match labels: RE2, anchored at both ends
 * (https://prometheus.io/docs/alerting/latest/configuration/#matcher). An expression that does not compile matches nothing.
 */
export function matchesRe2(pattern: string, text: string): boolean {
  return compile(pattern)?.matches(text) ?? false;
}

/** The problem with a regular expression, in RE2's words; undefined where it compiles. */
export function re2Problem(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (problem) {
    return problem instanceof Error ? problem.message : String(problem);
  }
}

function compile(pattern: string): RE2JS | undefined {
  if (compiled.has(pattern)) return compiled.get(pattern);
  const ready = re2Problem(pattern) === undefined ? RE2JS.compile(pattern) : undefined;
  compiled.set(pattern, ready);
  return ready;
}
