import { goString } from '../query/go-string.ts';
import type { Labels } from '../query/routing.ts';

/** An alert that fires, as promtool tells of it. */
export interface FiredAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
}

/** What promtool made of one test file. */
export interface TestResult {
  readonly fired: readonly FiredAlert[];
  /** When the condition began to hold, in seconds of the test. */
  readonly since?: number;
  /** When the alert was last pending. */
  readonly pending?: number;
  /** What kept the rules from being loaded or evaluated. */
  readonly errors: readonly string[];
}

/**
 * Reads what `promtool test rules` printed to one terminal or file, by test file. Where an alert fires that the test did
 * not expect it prints `got:` with labels and annotations; other errors are a line each
 * (https://github.com/prometheus/prometheus/blob/v2.47.0/cmd/promtool/unittest.go).
 */
export function readTestOutput(output: string): Map<string, TestResult> {
  const results = new Map<string, TestResult>();
  for (const section of output
    .replaceAll('\r', '')
    .split(/^Unit Testing: +/m)
    .slice(1)) {
    const end = section.indexOf('\n');
    const body = section.slice(end + 1);
    if (/^ {2}(?:SUCCESS|FAILED:)/m.test(body)) results.set(section.slice(0, end).trim(), resultOf(body));
  }
  return results;
}

function resultOf(body: string): TestResult {
  const fired = [...body.matchAll(/^\s*Labels:(\{.*\})\n\s*Annotations:(\{.*\})/gm)].map(
    ([, labels = '', annotations = '']) => ({
      labels: labelsOf(labels),
      annotations: labelsOf(annotations),
    }),
  );
  const since = queried(body, 'min(ALERTS_FOR_STATE');
  const pending = queried(body, 'max(max_over_time(');
  const errors = body
    .split('\n')
    .filter((line) => /^ *(?:rule: .*, err: |expr: .*, err: )/.test(line) || isLoadError(line));
  return {
    fired,
    errors: errors.map((line) => line.trim()),
    ...(since === undefined ? {} : { since }),
    ...(pending === undefined ? {} : { pending }),
  };
}

/** What is printed of a comparison is indented or a bracket; a fault in the files stands at the margin. */
function isLoadError(line: string): boolean {
  return /^\S/.test(line) && !/^[\]\d]/.test(line);
}

function queried(body: string, expr: string): number | undefined {
  const at = body.indexOf(`expr: ${JSON.stringify(expr).slice(0, -1)}`);
  const found = at === -1 ? null : /got: \{\} ([-+\dE.]+)/.exec(body.slice(at));
  return found === null ? undefined : Number(found[1]);
}

/** `{a="b", c="d"}` with the values quoted as Go does. */
function labelsOf(text: string): Labels {
  const pairs = [...text.matchAll(/([A-Za-z_]\w*)=("(?:[^"\\]|\\.)*")/g)];
  return Object.fromEntries(pairs.map(([, name = '', quoted = '""']) => [name, textOf(quoted)]));
}

function textOf(quoted: string): string {
  const read = goString(quoted);
  return 'text' in read ? read.text : quoted;
}
