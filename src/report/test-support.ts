import type { CheckResult, Finding } from '../model/finding.ts';

/** For tests: a finding in `compose.yml`, with what matters written over it. */
export function findingOf(change: Partial<Finding> = {}): Finding {
  return {
    rule: 'compose/missing-bind-source',
    severity: 'error',
    message: 'The source "./a & <b>" is missing',
    file: 'ops/compose.yml',
    line: 2,
    column: 3,
    endLine: 2,
    endColumn: 6,
    related: [],
    facts: {},
    ...change,
  };
}

/** For tests: a result with these findings. */
export function resultOf(findings: readonly Finding[], subjects: Readonly<Record<string, number>> = {}): CheckResult {
  return { stacks: ['ops/compose.yml'], findings, subjects };
}

/** For tests: a secret's finding, with what it must never show in the text of the file. */
export const secret = {
  finding: findingOf({ rule: 'repo/literal-secret', line: 3, endLine: 3, facts: { secret: 'password' } }),
  text: 'a\n  bcd ef\n  password: kestrel-41-harbour\n',
  value: 'kestrel-41-harbour',
};
