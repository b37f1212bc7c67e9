import { knownMetric, type Metric } from '../../../catalog/catalog.ts';
import type { Matcher } from '../../../model/alertmanager.ts';
import type { Selector } from '../../../query/promql-selector.ts';
import { prospectOf } from './prospect.ts';
import { failedBy, narrowed, type Reply, sieve } from './reply.ts';
import { ruleSeries } from './rule-series.ts';
import type { Series } from './sample.ts';
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
const unknown: Reply = { kind: 'unknown' };
const missing: Reply = { kind: 'missing' };

/** Asks a server for a selector; the same question is answered once. */
export function ask(server: Server, { metric, matchers }: Pick<Selector, 'metric' | 'matchers'>): Answer {
  const answers = kept.get(server) ?? new Map<string, Answer>();
  kept.set(server, answers);
  let key = `${metric}`;
  for (const { label, op, value } of matchers) key += `\n${label}${op}${value}`;
  const before = answers.get(key);
  if (before !== undefined) return before;
  const made = answer(server, metric, matchers);
  answers.set(key, made);
  return made;
}

function answer(server: Server, name: string | undefined, matchers: readonly Matcher[]): Answer {
  const ofTargets = server.targets.map((target) => ({ target, reply: askTarget(server, target, name, matchers) }));
  const ofRules = name === undefined ? [unknown] : ruleSeries(server, name, matchers);
  const series: Series[] = [];
  let open = server.open !== undefined;
  let found = false;
  const note = (reply: Reply): void => {
    if (reply.kind === 'yes' || reply.kind === 'likely') series.push(reply.series);
    if (reply.kind === 'unknown' || reply.kind === 'likely') open = true;
    if (reply.kind === 'yes') found = true;
  };
  for (const { reply } of ofTargets) note(reply);
  for (const reply of ofRules) note(reply);
  const shared = { series, sure: !open, perhaps: open ? perhapsOf(ofTargets) : [] };
  if (found) return { outcome: 'found', ...shared };
  if (open) return { outcome: 'perhaps', ...shared };
  return { outcome: 'none', lack: lackOf(name, ofTargets, ofRules), ...shared };
}

function perhapsOf(ofTargets: readonly Asked[]): string[] {
  const untold = ofTargets.filter(({ reply }) => reply.kind === 'unknown' || reply.kind === 'likely');
  const strange = untold.filter(({ target }) => target.offer === undefined && target.likely === undefined);
  return [...new Set((strange.length > 0 ? strange : untold).map(({ target }) => target.job.name))];
}

function askTarget(server: Server, target: Scraped, name: string | undefined, matchers: readonly Matcher[]): Reply {
  const { own, series, known, otherwise } = prospectOf(server, target, name);
  if (own !== undefined) {
    const reply: Reply = own === 'missing' ? missing : sieve(own, matchers, true);
    // Behind an honoured label a series of another server may come, of the same name.
    if (reply.kind !== 'labels' || !target.honorsLabels || target.offer !== undefined) return reply;
  }
  if (series === undefined) return otherwise;
  const failed = failedBy(series, matchers);
  if (failed.length > 0) return { kind: 'labels', failed, series, has: known };
  return known ? { kind: 'yes', series: narrowed(series, matchers) } : otherwise;
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
