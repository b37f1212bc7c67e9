import type { CheckResult, Finding } from '../model/finding.ts';
import { summarise } from '../model/finding.ts';

/** The report programs read. Its keys are a contract: a finding always has all of them, and `waived` where it is. */
export function jsonReport(result: CheckResult): string {
  const report = {
    version: 1,
    stacks: result.stacks,
    findings: result.findings.map(entry),
    summary: summarise(result),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function entry(finding: Finding): object {
  const { rule, severity, message, file, line, column, endLine, endColumn, related, hint, facts, waived } = finding;
  return {
    rule,
    severity,
    message,
    file,
    line,
    column,
    endLine,
    endColumn,
    related: related.map((other) => ({ file: other.file, line: other.line, column: other.column, note: other.note })),
    hint: hint ?? null,
    facts,
    ...(waived === undefined ? {} : { waived }),
  };
}
