import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import type { AlertRule, PrometheusConfig, RecordingRule } from '../../model/prometheus.ts';
import { parsePromql } from '../../query/promql.ts';
import type { Expr, VectorSelector } from '../../query/promql-tree.ts';
import { matchesWhole } from '../../query/re2.ts';
import { flagValue } from '../../read/flags.ts';
import { defineRule } from '../define-rule.ts';
import { gather } from '../support/gather.ts';
import { quoteAll } from '../support/quote.ts';
import { recordingsOf } from '../support/recordings.ts';
import { remembered } from '../support/remembered.ts';

const needsTwo = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'deriv', 'predict_linear', 'holt_winters']);

/** A range in a rule: `every` seconds there is a sample in it. */
interface Window {
  readonly name: string;
  readonly rule: string;
  readonly of: string;
  readonly range: number;
  readonly every: number;
  /** Whether a scrape makes the samples, or the step of a subquery. */
  readonly scraped: boolean;
  readonly at: Place;
}

/**
 * These functions need two samples in their range
 * (https://prometheus.io/docs/prometheus/2.47/querying/functions/#rate). The interval is the shortest of the jobs that the
 * selector can mean.
 */
export const shortWindow = defineRule({
  id: 'rules/short-window',
  severity: 'warning',
  over: 'prometheus',
  claim: 'Every range of a rate is at least four scrapes long.',
  check: (config, { stack }) => {
    const service = stack.services.find((one) => one.name === config.service);
    const receives = service !== undefined && flagValue(service, 'web.enable-remote-write-receiver') !== undefined;
    if (receives || config.scrapeJobs.length === 0) return [];
    const windows: Window[] = [];
    for (const { rules, interval } of config.ruleGroups)
      for (const rule of rules) for (const window of windowsOf(config, interval, rule)) windows.push(window);
    const narrow = new Map<string, Window[]>();
    for (const window of windows) {
      const { range, every, scraped, at } = window;
      if (range >= 2 * every && range < 4 * every && scraped) gather(narrow, at.file, window);
    }
    return [
      ...windows.filter(({ range, every }) => range < 2 * every).map(draft),
      ...[...narrow.values()].flatMap(folded),
    ];
  },
});

function windowsOf(config: PrometheusConfig, evaluation: number, rule: AlertRule | RecordingRule): Window[] {
  if (!rule.expr.value.includes('[')) return [];
  const found: Window[] = [];
  for (const node of parsePromql(rule.expr.value).nodes) {
    if (node.kind !== 'call' || !needsTwo.has(node.name)) continue;
    const arg = node.args.find(({ kind }) => kind === 'matrix' || kind === 'subquery');
    const samples = arg && samplesOf(config, evaluation, arg);
    // Most are long enough, and nothing is said of them.
    if (arg === undefined || samples === undefined || samples.range >= 4 * samples.every) continue;
    found.push({ name: node.name, rule: rule.name, ...samples, at: { ...rule.expr.at, span: arg.span } });
  }
  return found;
}

function samplesOf(
  config: PrometheusConfig,
  evaluation: number,
  arg: Expr,
): Pick<Window, 'of' | 'range' | 'every' | 'scraped'> | undefined {
  if (arg.kind === 'subquery')
    return { of: 'a subquery', range: arg.range, every: arg.step ?? evaluation, scraped: false };
  if (arg.kind !== 'matrix') return undefined;
  const { metric } = arg.selector;
  if (metric === undefined || metric.includes(':') || metric.startsWith('ALERTS') || recordingsOf(config).has(metric))
    return undefined;
  return { of: `"${metric}"`, range: arg.range, every: intervalOf(config, arg.selector), scraped: true };
}

function draft({ name, rule, of, range, every, scraped, at }: Window): FindingDraft {
  const what = range < every ? 'never holds two samples' : 'does not always hold two samples';
  const made = scraped ? `what is scraped every ${every}s` : `a sample every ${every}s`;
  return {
    at,
    message: `"${name}" of ${of} in "${rule}" looks back ${range}s at ${made}, which ${what}, so ${range < every ? 'it has no result' : 'its result has gaps'}`,
    hint: 'Take a range of four scrapes',
    facts: { rule, function: name, range, interval: every },
  };
}

function folded(narrow: readonly Window[]): FindingDraft[] {
  const [first, ...others] = narrow;
  if (first === undefined) return [];
  const rules = [...new Set(narrow.map(({ rule }) => rule))];
  return [
    {
      at: first.at,
      severity: 'info',
      message: `${quoteAll(rules)} ${rules.length === 1 ? 'looks' : 'look'} back less than four scrapes, so one scrape that fails leaves a gap`,
      related: others.map(({ at, rule }) => ({ at, note: `the same of "${rule}"` })),
      hint: 'Take a range of four scrapes',
      facts: { rules },
    },
  ];
}

/** Jobs that the matchers of a selector rule out do not count; where they rule out all, nothing is known of them. */
function intervalOf({ scrapeJobs }: PrometheusConfig, { matchers }: VectorSelector): number {
  const asked = matchers.filter(({ label }) => label === 'job');
  if (asked.length === 0) return shortest(scrapeJobs);
  const meant = scrapeJobs.filter(({ name }) =>
    asked.every(
      ({ op, value }) => (op.endsWith('~') ? matchesWhole(value, name) : value === name) !== op.startsWith('!'),
    ),
  );
  return shortest(meant.length === 0 ? scrapeJobs : meant);
}

const shortest = remembered((jobs: PrometheusConfig['scrapeJobs']): number => {
  return Math.min(...jobs.map(({ interval }) => interval));
});
