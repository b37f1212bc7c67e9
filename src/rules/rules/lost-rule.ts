import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import type { AlertRule, RecordingRule } from '../../model/prometheus.ts';
import type { Repository } from '../../model/repository.ts';
import { pathsUnder, textAt } from '../../model/tree.ts';
import { parsePromql } from '../../query/promql.ts';
import { matchesWhole } from '../../query/re2.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';

/** What a Prometheus of the repository evaluated before the plan, one still evaluates after it. */
export const lostRule = defineRule({
  id: 'rules/lost-rule',
  severity: 'error',
  over: 'repository',
  claim: 'Every rule that was evaluated before the plan is evaluated after it.',
  check: (repository) => {
    const { base } = repository;
    const at = placeOf(repository);
    if (base === undefined || at === undefined) return [];
    const kept = new Set(evaluated(repository).map(({ rule }) => nameOf(rule)));
    const lost = evaluated(base).filter(({ rule }) => !kept.has(nameOf(rule)));
    const gone = jobsGone(base, repository);
    const byFile = new Map<string, Map<string, Lost>>();
    for (const one of lost) {
      const names = byFile.get(one.file) ?? new Map<string, Lost>();
      names.set(nameOf(one.rule), one);
      byFile.set(one.file, names);
    }
    const read = new Set(evaluated(base).map(({ file }) => file));
    const deleted = deletedRules(base, repository).flatMap(({ file, alerts }) => {
      const missing = alerts.filter((name) => !kept.has(`alert ${name}`));
      return read.has(file) || missing.length === 0 ? [] : [unread(at, file, missing)];
    });
    const found = [...byFile].flatMap(([file, names]) => {
      const all = [...names.values()];
      const meant = all.filter(({ rule }) => watchesOnly(rule, gone));
      const missed = all.filter((one) => !meant.includes(one));
      return [...draft(at, file, missed, false), ...draft(at, file, meant, true)];
    });
    return [...found, ...deleted];
  },
});

interface Lost {
  readonly rule: AlertRule | RecordingRule;
  readonly file: string;
}

function evaluated({ stacks }: Repository): Lost[] {
  return stacks.flatMap(({ prometheus }) =>
    prometheus.flatMap(({ ruleGroups }) =>
      ruleGroups.flatMap(({ rules, file }) => rules.map((rule) => ({ rule, file }))),
    ),
  );
}

function nameOf(rule: AlertRule | RecordingRule): string {
  return `${rule.kind} ${rule.name}`;
}

/** Where rules would be named: the list of the first Prometheus that there is. */
function placeOf({ stacks }: Repository): Place | undefined {
  const [first] = stacks.flatMap(({ prometheus }) => prometheus).filter(({ file }) => file !== undefined);
  if (first?.file !== undefined) return { file: first.file, pointer: ['rule_files'], part: 'key' };
  const [stack] = stacks;
  return stack && { file: stack.composeFile };
}

function jobsGone(base: Repository, after: Repository): ReadonlySet<string> {
  const jobs = ({ stacks }: Repository): string[] =>
    stacks.flatMap(({ prometheus }) => prometheus.flatMap(({ scrapeJobs }) => scrapeJobs.map(({ name }) => name)));
  const left = new Set(jobs(after));
  return new Set(jobs(base).filter((name) => !left.has(name)));
}

/** Whether every selector of a rule asks for jobs that the plan took away. */
function watchesOnly(rule: AlertRule | RecordingRule, gone: ReadonlySet<string>): boolean {
  const { selectors } = parsePromql(rule.expr.value);
  return (
    selectors.length > 0 &&
    selectors.every(({ matchers }) =>
      matchers.some(({ label, op, value }) => {
        if (label !== 'job') return false;
        return op === '=' ? gone.has(value) : op === '=~' && [...gone].some((job) => matchesWhole(value, job));
      }),
    )
  );
}

function draft(at: Place, file: string, lost: readonly Lost[], meant: boolean): FindingDraft[] {
  if (lost.length === 0) return [];
  const names = lost.map(({ rule }) => rule.name);
  const alerts = lost.some(({ rule }) => rule.kind === 'alert');
  const follows = meant
    ? 'the jobs they watch are gone as well'
    : alerts
      ? 'what they told of is told by nobody'
      : 'what they recorded is not there any more';
  return [
    {
      at,
      message: `${quoteAll(names)} of "${file}" ${names.length === 1 ? 'was' : 'were'} evaluated before the plan and no Prometheus evaluates ${names.length === 1 ? 'it' : 'them'} after it, so ${follows}`,
      hint: meant ? 'Waive it, where that is meant' : 'Carry the rules over, or waive it where that is meant',
      facts: { file, rules: names },
      ...(meant ? { severity: 'warning' as const } : {}),
    },
  ];
}

/** Files of alerts that the plan takes away and puts nowhere else. */
function deletedRules(base: Repository, { removed, tree }: Repository): { file: string; alerts: string[] }[] {
  const gone = removed
    .filter(({ movedTo }) => movedTo === undefined)
    .flatMap(({ path }) => (base.tree.files.has(path) ? [path] : pathsUnder(base.tree, path)));
  return [...new Set(gone)].sort().flatMap((file) => {
    const text = /\.ya?ml$/.test(file) && !tree.files.has(file) ? (textAt(base.tree, file) ?? '') : '';
    if (!/^groups:/m.test(text) || /^(?:tests|kind|apiVersion):/m.test(text)) return [];
    const alerts = [...text.matchAll(/^\s*(?:-\s*)?alert:\s*["']?([^"'#\n]+?)["']?\s*(?:#.*)?$/gm)].map(
      ([, name = '']) => name,
    );
    return [{ file, alerts }];
  });
}

function unread(at: Place, file: string, alerts: readonly string[]): FindingDraft {
  return {
    at,
    severity: 'warning',
    message: `"${file}" is deleted with ${quoteAll(alerts)}, which no Prometheus evaluated before the plan and none does after it, so what was once meant to be told never will be`,
    hint: 'Carry over what is still wanted, or waive it where that is meant',
    facts: { file, rules: [...alerts] },
  };
}
