import type { CheckResult, Finding, FindingDraft, Severity } from '../model/finding.ts';
import { sortFindings } from '../model/finding.ts';
import type { Repository } from '../model/repository.ts';
import type { Rule } from './define-rule.ts';
import type { Context } from './grains.ts';
import { rules as registered } from './registry.ts';
import { openWaivers, type Waivers } from './waivers.ts';

/**
 * Asks every rule about every subject of a repository. What the reader could not read is among the findings, and so is
 * a rule that broke: nothing is swallowed. `today` decides which waivers are in force.
 */
export function runRules(
  repository: Repository,
  today: Date = new Date(),
  rules: readonly Rule[] = registered,
): CheckResult {
  const context: Context = { repository, today: today.toISOString().slice(0, 10) };
  const waivers = openWaivers(repository, context.today);
  const severityOf = (id: string): Severity => rules.find((rule) => rule.id === id)?.severity ?? 'error';
  const findings: Finding[] = repository.faults.map((fault) =>
    resolved(context, waivers, fault.rule, severityOf(fault.rule), fault),
  );
  const subjects: Record<string, number> = {};
  for (const rule of rules) {
    const { looked, drafts, breaks } = rule.examine(context);
    subjects[rule.id] = looked;
    for (const draft of drafts) findings.push(resolved(context, waivers, rule.id, rule.severity, draft));
    for (const { at, cause } of breaks) {
      const message = `The rule "${rule.id}" itself broke here (${oneLine(cause)}), so its claim is not proved`;
      findings.push(
        resolved(context, waivers, rule.id, 'error', { at, message, hint: 'Report this as a fault of stackproof' }),
      );
    }
  }
  // A waiver of a rule that was not asked cannot be judged; one that is no rule at all is.
  const asked = new Set(rules.map((rule) => rule.id));
  const known = new Set(registered.map((rule) => rule.id));
  for (const draft of waivers.leftovers(known)) {
    const waived = String(draft.facts?.['waives'] ?? '');
    if (asked.has(draft.rule) && (asked.has(waived) || !known.has(waived)))
      findings.push(resolved(context, waivers, draft.rule, severityOf(draft.rule), draft));
  }
  return {
    stacks: repository.stacks.map((stack) => stack.composeFile),
    findings: sortFindings(folded(findings)),
    subjects,
  };
}

function resolved(
  { repository }: Context,
  waivers: Waivers,
  rule: string,
  severity: Severity,
  draft: FindingDraft,
): Finding {
  const range = repository.locate(draft.at);
  const waiver = waivers.cover(rule, draft.at, range.line);
  return {
    rule,
    severity: milder(severity, draft.severity),
    message: oneLine(draft.message),
    file: draft.at.file,
    ...range,
    related: (draft.related ?? []).map(({ at, note }) => ({ file: at.file, ...repository.locate(at), note })),
    ...(draft.hint === undefined ? {} : { hint: draft.hint }),
    facts: draft.facts ?? {},
    ...(waiver === undefined ? {} : { waived: { reason: waiver.reason, until: waiver.until } }),
  };
}

const order: readonly Severity[] = ['info', 'warning', 'error'];

function milder(severity: Severity, override: Severity | undefined): Severity {
  return override !== undefined && order.indexOf(override) < order.indexOf(severity) ? override : severity;
}

/** Stacks that share a file would otherwise say the same thing of it once each. */
function folded(findings: readonly Finding[]): Finding[] {
  const known = new Map<string, Finding>();
  for (const finding of findings) {
    const { rule, file, line, column, endLine, endColumn, message } = finding;
    const key = JSON.stringify([rule, file, line, column, endLine, endColumn, message]);
    const before = known.get(key);
    if (before === undefined || order.indexOf(finding.severity) > order.indexOf(before.severity))
      known.set(key, finding);
  }
  return [...known.values()];
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
