import type { Difference, UsedImage } from '../model/lab.ts';
import type { Verdict } from '../model/verdict.ts';

/** What `verify` says at its end. */
export interface VerdictSummary {
  readonly verdicts: readonly Verdict[];
  readonly images: readonly UsedImage[];
  readonly differences: readonly Difference[];
  readonly waived: readonly string[];
  readonly open: boolean;
  readonly reasons: readonly string[];
  /** The same reasons as lines to read, those of one cause together. */
  readonly folded: readonly string[];
  readonly reports: string;
  /** Whether a receipt was written: there is none outside git. */
  readonly receipt: boolean;
}

/** Verdicts counted by suite, then what is different in the lab, what was substituted, and what keeps the gate shut. */
export function verdictText(summary: VerdictSummary): string {
  const suites = [...new Set(summary.verdicts.map((verdict) => verdict.suite))];
  const lines = suites.map((suite) =>
    suiteLine(
      suite,
      summary.verdicts.filter((verdict) => verdict.suite === suite),
    ),
  );
  const substitutes = summary.images.filter((image) => image.how === 'substitute');
  return [
    ...lines,
    ...section(
      `${summary.differences.length} differences between the candidate and the copy that was booted`,
      summary.differences.map((one) => `${one.file}: ${one.what}: ${one.from} → ${one.to} (${one.why})`),
    ),
    ...section(
      'Substituted images',
      substitutes.map((image) => `${image.pinned} by ${image.image}: ${image.note ?? ''}`),
    ),
    ...section('Waived', summary.waived),
    ...section('The gate is shut', summary.open ? [] : summary.folded),
    summary.open
      ? 'The gate is open: every required claim passed.'
      : `${summary.reasons.length} reasons keep the gate shut.`,
    `Reports: ${summary.reports}/junit.xml, verdicts.json, ${summary.receipt ? 'receipt.json, ' : ''}logs/`,
    '',
  ].join('\n');
}

function suiteLine(suite: string, verdicts: readonly Verdict[]): string {
  const counts = (['pass', 'fail', 'unknown', 'error'] as const)
    .map((outcome) => [outcome, verdicts.filter((verdict) => verdict.outcome === outcome).length] as const)
    .filter(([outcome, count]) => count > 0 || outcome === 'pass')
    .map(([outcome, count]) => `${count} ${outcome}`);
  const met = seenLine(verdicts);
  return `${suite.padEnd(16)} ${counts.join(', ')}${met === '' ? '' : `\n${' '.repeat(17)}${met}`}`;
}

/** What the passes met, the most frequent first. */
function seenLine(verdicts: readonly Verdict[]): string {
  const counts = new Map<string, number>();
  for (const { seen } of verdicts) if (seen !== undefined) counts.set(seen, (counts.get(seen) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([seen, count]) => `${count} ${seen}`)
    .join(', ');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line.replaceAll('\n', '\n    ')}`)];
}
