import type { CheckResult, Finding } from '../model/finding.ts';
import { summarise } from '../model/finding.ts';
import type { LineOf, TextOf } from './source-line.ts';
import { sourceLines } from './source-line.ts';

const codes = { error: 31, warning: 33, info: 36, dim: 2, bold: 1 } as const;
type Paint = (style: keyof typeof codes, text: string) => string;

const widest = 160;

/** The report people read: each finding with its source line, a caret and a hint, and the counts at the end. */
export function prettyReport(result: CheckResult, textOf: TextOf, options: { readonly colour: boolean }): string {
  const paint: Paint = (style, text) => (options.colour ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
  const lineOf = sourceLines(result.findings, textOf);
  const blocks = result.findings.map((finding) => `${findingText(finding, lineOf, paint)}\n\n`);
  return `${blocks.join('')}${summaryText(result)}\n`;
}

function findingText(finding: Finding, lineOf: LineOf, paint: Paint): string {
  const { file, line, column, severity, message, rule, waived } = finding;
  const word = waived === undefined ? paint(severity, severity) : paint('dim', `waived ${severity}`);
  const lines = [
    `${paint('bold', `${file}:${line}:${column}`)}: ${word}: ${message} ${paint('dim', `(${rule})`)}`,
    ...excerpt(finding, lineOf, paint),
    ...finding.related.map((other) => `  see ${other.file}:${other.line}:${other.column}: ${other.note}`),
    ...(finding.hint === undefined ? [] : [`  hint: ${finding.hint}`]),
    ...(waived === undefined ? [] : [`  waived until ${waived.until}: ${waived.reason}`]),
  ];
  return lines.join('\n');
}

function excerpt(finding: Finding, lineOf: LineOf, paint: Paint): string[] {
  const source = lineOf(finding.file, finding.line);
  if (source === undefined || source.trim() === '') return [];
  // A line of a generated file may be very long: a window around the place is enough.
  const from = Math.max(0, finding.column - 1 - Math.floor(widest / 2));
  const shown = source.slice(source.length > widest ? from : 0).slice(0, widest);
  const start = finding.column - 1 - (source.length > widest ? from : 0);
  const end = finding.endLine === finding.line ? start + finding.endColumn - finding.column : shown.length;
  const carets = '^'.repeat(Math.max(1, Math.min(end, shown.length) - start));
  const number = String(finding.line);
  const before = shown.slice(0, start).replace(/[^\t]/g, ' ');
  return [
    `${paint('dim', `  ${number} |`)} ${shown}`,
    `${paint('dim', `  ${' '.repeat(number.length)} |`)} ${before}${paint(finding.severity, carets)}`,
  ];
}

function summaryText(result: CheckResult): string {
  const { errors, warnings, infos, waived, subjects } = summarise(result);
  const many = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
  const asked = Object.values(result.subjects).filter((looked) => looked > 0).length;
  const found = `${many(errors, 'error')}, ${many(warnings, 'warning')}, ${infos} info, ${waived} waived`;
  return `${found}; ${many(asked, 'rule')} looked at ${many(subjects, 'subject')} in ${many(result.stacks.length, 'stack')}`;
}
