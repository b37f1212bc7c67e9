import { knownMetric } from '../../../catalog/catalog.ts';
import { isOfEachScrape } from './builtin.ts';
import { lookUp } from './offer.ts';
import type { Reply } from './reply.ts';
import { type Series, scrapedSeries } from './sample.ts';
import type { Server } from './server.ts';
import type { Scraped } from './targets.ts';

/** What a target has under a name, before any matcher is looked at. */
export interface Prospect {
  /** What Prometheus itself stores for the target under this name. */
  readonly own?: Series | 'missing';
  /** What the target exposes; undefined where nothing of the name can come. */
  readonly series?: Series;
  /** The target certainly exposes it. */
  readonly known: boolean;
  /** What there is to say where it is not certain. */
  readonly otherwise: Reply;
}

const kept = new WeakMap<Scraped, Map<string | undefined, Prospect>>();

/** Looks at a target for a name, once for all selectors of that name. */
export function prospectOf(server: Server, target: Scraped, name: string | undefined): Prospect {
  const prospects = kept.get(target) ?? new Map<string | undefined, Prospect>();
  kept.set(target, prospects);
  const before = prospects.get(name);
  if (before !== undefined) return before;
  const made = { ...ownOf(server, target, name), ...exposed(target, name) };
  prospects.set(name, made);
  return made;
}

function ownOf(server: Server, target: Scraped, name: string | undefined): Pick<Prospect, 'own'> {
  const builtin = name === undefined ? 'no' : isOfEachScrape(name);
  if (builtin === 'no' || (builtin === 'perhaps' && !server.extraScrapeMetrics)) return {};
  // What Prometheus adds is not relabelled as a metric is.
  return { own: scrapedSeries({ ...target, metricRules: [] }, name ?? '', { labels: [], values: {} }) ?? 'missing' };
}

function exposed(target: Scraped, name: string | undefined): Omit<Prospect, 'own'> {
  // Alerts are stored by the server that evaluates them, and found elsewhere only by federation.
  if (name?.startsWith('ALERTS') && target.job.metricsPath === '/metrics')
    return { known: false, otherwise: { kind: 'missing' } };
  const { offer } = target;
  const offered = offer === undefined || name === undefined ? undefined : lookUp(offer, name);
  const found = offered?.answer === 'yes' && offer !== undefined ? offered.metric : undefined;
  const metric = found === undefined || offer === undefined ? undefined : { ...found, labels: offer.labelsOf(found) };
  const series = scrapedSeries(target, name ?? '', metric);
  if (series === undefined) return { known: false, otherwise: { kind: 'dropped' } };
  return { series, known: metric !== undefined, otherwise: doubtful(target, name, offered) };
}

function doubtful(target: Scraped, name: string | undefined, offered: ReturnType<typeof lookUp> | undefined): Reply {
  if (target.metricRules.some(({ target: written }) => written === '__name__')) return { kind: 'unknown' };
  if (offered?.answer === 'off') return { kind: 'off', group: offered.group };
  if (offered?.answer === 'no') return { kind: 'missing' };
  const guessed = name === undefined || target.likely === undefined ? undefined : knownMetric(name);
  const probable = guessed === undefined ? undefined : scrapedSeries(target, name ?? '', guessed);
  return probable === undefined ? { kind: 'unknown' } : { kind: 'likely', series: probable };
}
