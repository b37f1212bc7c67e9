import type { CheckResult, Finding } from '../model/finding.ts';
import { xml } from './xml.ts';

/**
 * The rules as JUnit XML (https://docs.gitlab.com/ci/testing/unit_test_reports/): a test suite for each room, a test
 * case for each rule, so that names stay the same whatever is found. A rule that met no subject is skipped, not passed.
 */
export function junitCheckReport(result: CheckResult): string {
  const cases = casesOf(result);
  const rooms = [...new Set(cases.map((one) => one.room))];
  const suites = rooms.map((room) => {
    const mine = cases.filter((one) => one.room === room);
    return `  <testsuite name="${xml(room)}"${counts(mine)}>\n${mine.map(caseXml).join('')}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="stackproof check"${counts(cases)}>\n${suites.join('')}</testsuites>\n`;
}

interface Case {
  readonly room: string;
  readonly rule: string;
  readonly looked: number;
  readonly errors: readonly Finding[];
  readonly others: readonly Finding[];
}

function casesOf(result: CheckResult): Case[] {
  const ids = new Set([...Object.keys(result.subjects), ...result.findings.map((finding) => finding.rule)]);
  return [...ids].sort().map((rule) => {
    const found = result.findings.filter((finding) => finding.rule === rule);
    const errors = found.filter((finding) => finding.severity === 'error' && finding.waived === undefined);
    const others = found.filter((finding) => !errors.includes(finding));
    return { room: rule.split('/')[0] ?? rule, rule, looked: result.subjects[rule] ?? 0, errors, others };
  });
}

function caseXml(one: Case): string {
  const open = `    <testcase classname="stackproof.${xml(one.room)}" name="${xml(one.rule)}"`;
  const parts: string[] = [];
  const [first] = one.errors;
  if (first !== undefined) {
    const file = ` file="${xml(first.file)}"`;
    const list = one.errors.map(lineText).join('\n');
    parts.push(`      <failure message="${xml(first.message)}">${xml(list)}</failure>\n`);
    if (one.others.length > 0) parts.push(othersXml(one.others));
    return `${open}${file}>\n${parts.join('')}    </testcase>\n`;
  }
  if (isSkipped(one)) parts.push('      <skipped message="nothing to look at"/>\n');
  if (one.others.length > 0) parts.push(othersXml(one.others));
  return parts.length === 0 ? `${open}/>\n` : `${open}>\n${parts.join('')}    </testcase>\n`;
}

function othersXml(findings: readonly Finding[]): string {
  return `      <system-out>${xml(findings.map(lineText).join('\n'))}</system-out>\n`;
}

function lineText(finding: Finding): string {
  const waived = finding.waived === undefined ? '' : `waived until ${finding.waived.until}: `;
  return `${finding.file}:${finding.line}:${finding.column}: ${waived}${finding.severity}: ${finding.message}`;
}

function isSkipped(one: Case): boolean {
  return one.looked === 0 && one.errors.length === 0 && one.others.length === 0;
}

function counts(cases: readonly Case[]): string {
  const failures = cases.filter((one) => one.errors.length > 0).length;
  return ` tests="${cases.length}" failures="${failures}" errors="0" skipped="${cases.filter(isSkipped).length}"`;
}
