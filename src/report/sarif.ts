import type { CheckResult, Finding } from '../model/finding.ts';
import type { Range } from '../model/location.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

/** The findings as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). */
export function sarifReport(result: CheckResult): string {
  const ids = [...new Set([...Object.keys(result.subjects), ...result.findings.map((finding) => finding.rule)])].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'stackproof', rules: ids.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository' } } },
        results: result.findings.map((finding) => resultOf(finding, ids.indexOf(finding.rule))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf(finding: Finding, ruleIndex: number): object {
  const { rule, severity, message, hint, related, waived } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: hint === undefined ? message : `${message}. ${hint}.` },
    locations: [{ physicalLocation: physical(finding) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((other, id) => ({
            id,
            physicalLocation: physical(other),
            message: { text: other.note },
          })),
        }),
    ...(waived === undefined
      ? {}
      : { suppressions: [{ kind: 'external', justification: `${waived.reason} (until ${waived.until})` }] }),
  };
}

function physical(place: Range & { readonly file: string }): object {
  const uri = place.file.split('/').map(encodeURIComponent).join('/');
  return {
    artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
    region: {
      startLine: place.line,
      startColumn: place.column,
      endLine: place.endLine,
      endColumn: place.endColumn,
    },
  };
}
