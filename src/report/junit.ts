import type { Verdict } from '../model/verdict.ts';
import { xml } from './xml.ts';

/**
 * JUnit XML as GitLab reads it (https://docs.gitlab.com/ci/testing/unit_test_reports/): one test suite for each suite,
 * names from claim ids so that they stay the same from run to run. Unknown is `skipped`: GitLab shows it apart, and the
 * gate does not take it for a pass.
 */
export function junitReport(verdicts: readonly Verdict[]): string {
  const suites = [...new Set(verdicts.map((verdict) => verdict.suite))];
  const body = suites.map((suite) =>
    suiteXml(
      suite,
      verdicts.filter((verdict) => verdict.suite === suite),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="stackproof"${counts(verdicts)}>\n${body.join('')}</testsuites>\n`;
}

function suiteXml(suite: string, verdicts: readonly Verdict[]): string {
  const cases = verdicts.map((verdict) => {
    const time = verdict.seconds === undefined ? '' : ` time="${verdict.seconds.toFixed(3)}"`;
    const open = `    <testcase classname="stackproof.${xml(suite)}" name="${xml(verdict.subject)}"${time}`;
    const inner = verdict.outcome === 'pass' ? metXml(verdict) : outcomeXml(verdict);
    return inner === '' ? `${open}/>\n` : `${open}>\n${inner}    </testcase>\n`;
  });
  return `  <testsuite name="${xml(suite)}"${counts(verdicts)}>\n${cases.join('')}  </testsuite>\n`;
}

function metXml({ seen, note }: Verdict): string {
  const met = [seen, note].filter((text) => text !== undefined).join('\n');
  return met === '' ? '' : `      <system-out>${xml(met)}</system-out>\n`;
}

function outcomeXml(verdict: Verdict): string {
  const cause = verdict.cause ?? verdict.outcome;
  const first = xml(cause.split('\n')[0] ?? cause);
  if (verdict.outcome === 'unknown') return `      <skipped message="unknown: ${first}"/>\n`;
  const tag = verdict.outcome === 'error' ? 'error' : 'failure';
  return `      <${tag} message="${first}">${xml(cause)}</${tag}>\n`;
}

function counts(verdicts: readonly Verdict[]): string {
  const of = (outcome: Verdict['outcome']): number => verdicts.filter((verdict) => verdict.outcome === outcome).length;
  return ` tests="${verdicts.length}" failures="${of('fail')}" errors="${of('error')}" skipped="${of('unknown')}"`;
}
