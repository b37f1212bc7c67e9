import type { Facts, FindingDraft, Severity } from '../../../model/finding.ts';
import type { Place } from '../../../model/location.ts';
import type { Span } from '../../../query/promql-tree.ts';
import { quote, quoteAll } from '../quote.ts';
import type { Site } from './sites.ts';

/** What is wrong with one part of an expression. */
export interface Problem {
  /** The same key is the same defect: a dashboard is told of it once. */
  readonly key: string;
  readonly span?: Span;
  /** Up to the comma: `Metric "x" in ` is followed by whose it is. */
  readonly what: string;
  readonly wrong: string;
  /** Replaces what follows from an expression without a result. */
  readonly follows?: string;
  readonly hint?: string;
  readonly facts?: Facts;
  readonly related?: readonly { readonly at: Place; readonly note: string }[];
  readonly severity?: Severity;
}

/** Findings of one expression each, for rules; of every site with its problems. */
export function toldEach(sites: readonly Site[], problemsOf: (site: Site) => readonly Problem[]): FindingDraft[] {
  const drafts: FindingDraft[] = [];
  for (const site of sites)
    for (const problem of distinct(problemsOf(site)))
      drafts.push(draft(problem, [site], site.kind === 'alert' ? undefined : 'warning'));
  return drafts;
}

/** One finding for each problem of a dashboard, however many panels have it. */
export function toldOnce(sites: readonly Site[], problemsOf: (site: Site) => readonly Problem[]): FindingDraft[] {
  const found = new Map<string, { readonly problem: Problem; readonly sites: Site[]; readonly places: Place[] }>();
  for (const site of sites) {
    for (const problem of distinct(problemsOf(site))) {
      const before = found.get(problem.key);
      if (before === undefined) found.set(problem.key, { problem, sites: [site], places: [] });
      else {
        before.sites.push(site);
        if (before.places.length < 4) before.places.push(site.place(problem.span));
      }
    }
  }
  return [...found.values()].map(({ problem, sites: at, places }) => {
    const made = draft(problem, at, 'warning');
    const more = places.map((place) => ({ at: place, note: 'the same here' }));
    return more.length === 0 ? made : { ...made, related: [...(made.related ?? []), ...more] };
  });
}

function draft(problem: Problem, sites: readonly Site[], most: Severity | undefined): FindingDraft {
  const [site] = sites;
  if (site === undefined) throw new Error('a problem without a site');
  const { span, what, wrong, follows = consequence(sites), hint, facts, related, severity = most } = problem;
  return {
    at: site.place(span),
    message: `${what} ${whose(sites)} ${wrong}, ${follows}`,
    ...(hint === undefined ? {} : { hint }),
    ...(facts === undefined ? {} : { facts }),
    ...(related === undefined ? {} : { related }),
    ...(severity === undefined ? {} : { severity }),
  };
}

const words: Readonly<Record<Site['kind'], string>> = {
  alert: 'alert',
  record: 'recording',
  panel: 'panel',
  variable: 'variable',
  annotation: 'annotation',
  managed: 'Grafana alert',
};

/** `of alert "A"`, `of panels "A" and "B"`. */
export function whose(sites: readonly Site[]): string {
  const [site] = sites;
  const names = [...new Set(sites.map(({ name }) => name))];
  const word = site === undefined ? '' : words[site.kind];
  return names.length === 1 ? `of ${word} ${quote(names[0] ?? '')}` : `of ${word}s ${quoteAll(names)}`;
}

/** What follows for those who wait for a result. */
export function consequence(sites: readonly Site[]): string {
  const [site] = sites;
  if (site === undefined) return '';
  const { kind, reading } = site;
  if (kind === 'alert')
    return reading.always
      ? 'so it always fires'
      : reading.empty
        ? 'so it never fires'
        : 'so that part never has a result';
  if (kind === 'record') return reading.empty ? 'so it records nothing' : 'so that part never has a result';
  if (kind === 'managed')
    return reading.always
      ? 'so it always has a result'
      : reading.empty
        ? 'so it never has data'
        : 'so that part never has a result';
  if (kind === 'variable') return reading.empty ? 'so it has no values' : 'so that part never has a result';
  return sites.every((one) => one.reading.empty) ? 'so nothing is shown' : 'so that part never has a result';
}

/** Whether a problem of an alert decides on it: it never fires, or always. */
export function decides({ kind, reading }: Site): boolean {
  return kind === 'alert' && (reading.empty || reading.always);
}

function distinct(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length < 2) return problems;
  const seen = new Set<string>();
  return problems.filter(({ key }) => !seen.has(key) && seen.add(key));
}
