import { knownMetric, type Metric } from '../../../catalog/catalog.ts';
import type { Matcher } from '../../../model/alertmanager.ts';
import type { Selector } from '../../../query/promql-selector.ts';
import { isOfEachScrape } from './builtin.ts';
import { lookUp } from './offer.ts';
import { type Reply, sieve } from './reply.ts';
import { ruleSeries } from './rule-series.ts';
import { type Series, scrapedSeries } from './sample.ts';
import type { Server } from './server.ts';
import type { Scraped } from './targets.ts';

/** Why a selector finds nothing. */
export type Lack =
  /** Nobody who could has the name. */
  | { readonly kind: 'metric' }
  /** A flag leaves it out. */
  | { readonly kind: 'off'; readonly group: string; readonly target: Scraped }
  /** `metric_relabel_configs` drop it. */
  | { readonly kind: 'dropped'; readonly target: Scraped }
  /** No target has the label so; `nearest` is one that satisfies every other matcher. */
  | { readonly kind: 'target'; readonly matcher: Matcher; readonly everywhere: boolean; readonly nearest: Scraped }
  /** The series are there, and none has such a value; `absent` where none has the label. */
  | { readonly kind: 'label'; readonly matcher: Matcher; readonly absent: boolean; readonly metric?: Metric }
  /** Other targets have the name, those asked for do not. */
  | { readonly kind: 'elsewhere'; readonly jobs: readonly string[] };

/** What a server has for a selector. `series` are those it certainly has, `sure`, or probably has. */
export interface Answer {
  readonly outcome: 'found' | 'perhaps' | 'none';
  readonly lack?: Lack;
  readonly series: readonly Series[];
  /** The series are all there can be. */
  readonly sure: boolean;
  /** The jobs that may have it though nobody can tell; those where a known product answers only where there are no others. */
  readonly perhaps: readonly string[];
}

interface Asked {
  readonly target: Scraped;
  readonly reply: Reply;
}

const kept = new WeakMap<Server, Map<string, Answer>>();

/** Asks a server for a selector; the same question is answered once. */
export function ask(server: Server, { metric, matchers }: Pick<Selector, 'metric' | 'matchers'>): Answer {
  const answers = kept.get(server) ?? new Map<string, Answer>();
  kept.set(server, answers);
  const key = `${metric}${matchers.map(({ label, op, value }) => `\n${label}${op}${value}`).join('')}`;
  const before = answers.get(key);
  if (before !== undefined) return before;
  const made = answer(server, metric, matchers);
  answers.set(key, made);
  return made;
}

function answer(server: Server, name: string | undefined, matchers: readonly Matcher[]): Answer {
  const ofTargets = server.targets.map((target) => ({ target, reply: askTarget(server, target, name, matchers) }));
  const ofRules = name === undefined ? [{ kind: 'unknown' as const }] : ruleSeries(server, name, matchers);
  const replies: readonly Reply[] = [...ofTargets.map(({ reply }) => reply), ...ofRules];
  const series = replies.flatMap((reply) => (reply.kind === 'yes' || reply.kind === 'likely' ? [reply.series] : []));
  const open = server.open !== undefined || replies.some(({ kind }) => kind === 'unknown' || kind === 'likely');
  const untold = ofTargets.filter(({ reply }) => reply.kind === 'unknown' || reply.kind === 'likely');
  const strange = untold.filter(({ target }) => target.offer === undefined && target.likely === undefined);
  const perhaps = (strange.length > 0 ? strange : untold).map(({ target }) => target.job.name);
  const shared = { series, sure: !open, perhaps: [...new Set(perhaps)] };
  if (replies.some(({ kind }) => kind === 'yes')) return { outcome: 'found', ...shared };
  if (open) return { outcome: 'perhaps', ...shared };
  return { outcome: 'none', lack: lackOf(name, ofTargets, ofRules), ...shared };
}

function askTarget(server: Server, target: Scraped, name: string | undefined, matchers: readonly Matcher[]): Reply {
  const builtin = name === undefined ? 'no' : isOfEachScrape(name);
  if (builtin === 'yes' || (builtin === 'perhaps' && server.extraScrapeMetrics)) {
    // What Prometheus adds is not relabelled as a metric is.
    const series = scrapedSeries({ ...target, metricRules: [] }, name ?? '', { labels: [], values: {} });
    const own: Reply = series === undefined ? { kind: 'missing' } : sieve(series, matchers, true);
    // Behind an honoured label a series of another server may come, of the same name.
    if (own.kind !== 'labels' || !target.honorsLabels || target.offer !== undefined) return own;
  }
  // Alerts are stored by the server that evaluates them, and found elsewhere only by federation.
  if (name?.startsWith('ALERTS') && target.job.metricsPath === '/metrics') return { kind: 'missing' };
  const { offer, likely } = target;
  const offered = offer === undefined || name === undefined ? undefined : lookUp(offer, name);
  const found = offered?.answer === 'yes' && offer !== undefined ? offered.metric : undefined;
  const metric = found === undefined || offer === undefined ? undefined : { ...found, labels: offer.labelsOf(found) };
  const series = scrapedSeries(target, name ?? '', metric);
  if (series === undefined) return { kind: 'dropped' };
  const sieved = sieve(series, matchers, metric !== undefined);
  if (sieved.kind === 'labels') return sieved;
  if (metric !== undefined) return sieved;
  if (target.metricRules.some(({ target: written }) => written === '__name__')) return { kind: 'unknown' };
  if (offered?.answer === 'off') return { kind: 'off', group: offered.group };
  if (offered?.answer === 'no') return { kind: 'missing' };
  const guessed = name === undefined || likely === undefined ? undefined : knownMetric(name);
  const probable = guessed === undefined ? undefined : scrapedSeries(target, name ?? '', guessed);
  return probable === undefined ? { kind: 'unknown' } : { kind: 'likely', series: probable };
}

function lackOf(name: string | undefined, ofTargets: readonly Asked[], ofRules: readonly Reply[]): Lack {
  const asked = ofTargets.filter(({ reply }) => reply.kind !== 'labels' || !failsTarget(reply.failed, reply.series));
  for (const { target, reply } of asked) if (reply.kind === 'off') return { kind: 'off', group: reply.group, target };
  for (const { target, reply } of asked) if (reply.kind === 'dropped') return { kind: 'dropped', target };
  const there = [...asked.map(({ reply }) => reply), ...ofRules].find(
    (reply) => reply.kind === 'labels' && reply.has && reply.failed.length > 0,
  );
  if (there?.kind === 'labels') {
    const [matcher] = there.failed;
    const metric = name === undefined ? undefined : knownMetric(name);
    if (matcher !== undefined) {
      const absent = !there.series.labels.has(matcher.label);
      return { kind: 'label', matcher, absent, ...(metric === undefined ? {} : { metric }) };
    }
  }
  const nearest = asked.length > 0 ? undefined : nearestOf(ofTargets);
  if (nearest !== undefined) return nearest;
  const jobs = ofTargets.flatMap(({ target, reply }) =>
    reply.kind === 'labels' && reply.has ? [target.job.name] : [],
  );
  return jobs.length > 0 ? { kind: 'elsewhere', jobs: [...new Set(jobs)] } : { kind: 'metric' };
}

/** A target of another job is farther away than one of the job that is meant. */
function far(failed: readonly Matcher[]): number {
  return 2 * failed.length + (failed.some(({ label }) => label === 'job' || label === 'instance') ? 1 : 0);
}

/** The target that satisfies most, and the first matcher that it does not. */
function nearestOf(ofTargets: readonly Asked[]): Lack | undefined {
  let best: { readonly target: Scraped; readonly failed: readonly Matcher[] } | undefined;
  for (const { target, reply } of ofTargets) {
    if (reply.kind !== 'labels') continue;
    if (best === undefined || far(reply.failed) < far(best.failed)) best = { target, failed: reply.failed };
  }
  const everywhere = best?.failed.find((matcher) =>
    ofTargets.every(({ reply }) => reply.kind === 'labels' && reply.failed.includes(matcher)),
  );
  const matcher = everywhere ?? best?.failed[0];
  if (best === undefined || matcher === undefined) return undefined;
  return { kind: 'target', matcher, everywhere: everywhere !== undefined, nearest: best.target };
}

/** Whether one of the matchers fails on what the target itself is called. */
function failsTarget(failed: readonly Matcher[], { labels }: Series): boolean {
  return failed.some(({ label }) => labels.get(label) !== undefined);
}
