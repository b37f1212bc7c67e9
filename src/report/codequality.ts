import type { CheckResult } from '../model/finding.ts';
import type { TextOf } from './source-line.ts';
import { sourceLines } from './source-line.ts';

const severities = { error: 'major', warning: 'minor', info: 'info' } as const;

/**
 * The open findings as GitLab's Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/). A fingerprint is
 * made of the rule, the file, the message and the text of the line, so that a finding that only moves stays the same.
 */
export function codequalityReport(result: CheckResult, textOf: TextOf): string {
  const lineOf = sourceLines(result.findings, textOf);
  const seen = new Map<string, number>();
  const entries = result.findings
    .filter((finding) => finding.waived === undefined)
    .map(({ rule, severity, message, file, line, column, endLine, endColumn }) => {
      // A finding about a whole file is about no line of it.
      const pointed = line !== endLine || column !== endColumn;
      const identity = JSON.stringify([rule, file, message, pointed ? (lineOf(file, line)?.trim() ?? '') : '']);
      const before = seen.get(identity) ?? 0;
      seen.set(identity, before + 1);
      return {
        description: message,
        check_name: rule,
        fingerprint: process
          .getBuiltinModule('node:crypto')
          .createHash('sha256')
          .update(`${identity} ${before}`)
          .digest('hex'),
        severity: severities[severity],
        location: { path: file, lines: { begin: line, end: endLine } },
      };
    });
  return `${JSON.stringify(entries, null, 2)}\n`;
}
