import type { FindingDraft } from '../../model/finding.ts';
import type { PrometheusConfig } from '../../model/prometheus.ts';
import { nodesOf } from '../../query/promql-tree.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { remembered } from '../support/remembered.ts';
import { dashboardSites, type Site } from '../support/series/sites.ts';

const needsTwo = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'deriv', 'predict_linear', 'holt_winters']);

interface Short {
  readonly site: Site;
  readonly range: number;
  readonly at: FindingDraft['at'];
}

/**
 * These functions need two samples in their range (https://prometheus.io/docs/prometheus/2.47/querying/functions/#rate), which
 * is what `$__rate_interval` is for (https://grafana.com/docs/grafana/v10.2/datasources/prometheus/template-variables/).
 */
export const shortWindow = defineRule({
  id: 'grafana/short-window',
  severity: 'warning',
  over: 'dashboard',
  claim: 'Every range of a rate in a dashboard holds two scrapes.',
  check: (dashboard, { repository, stack, grafana }) => {
    const short = dashboardSites(repository, stack, grafana, dashboard).flatMap(shortOf);
    const [first, ...others] = short;
    if (first === undefined) return [];
    const panels = [...new Set(short.map(({ site }) => site.name))];
    const every = shortestInterval(first.site.server.config);
    return [
      {
        at: first.at,
        message: `${quoteAll(panels)} of dashboard "${dashboard.title ?? dashboard.file}" ${panels.length === 1 ? 'looks' : 'look'} back ${first.range}s and nothing is scraped more often than every ${every}s, so there are gaps or nothing to see`,
        related: others.slice(0, 10).map(({ at, site }) => ({ at, note: `the same of "${site.name}"` })),
        hint: 'Write "$__rate_interval"',
        facts: { panels, range: first.range, interval: every },
      },
    ];
  },
});

/** Only ranges of a query without variables are what is written. */
function shortOf(site: Site): Short[] {
  const { config, open } = site.server;
  if (open !== undefined || config.scrapeJobs.length === 0 || site.place([0, 0]).span === undefined) return [];
  const every = shortestInterval(config);
  return nodesOf(site.expr).flatMap((node): Short[] => {
    if (node.kind !== 'call' || !needsTwo.has(node.name)) return [];
    const arg = node.args.find(({ kind }) => kind === 'matrix');
    if (arg?.kind !== 'matrix' || arg.range >= 2 * every) return [];
    return arg.selector.metric?.includes(':') === true ? [] : [{ site, range: arg.range, at: site.place(arg.span) }];
  });
}

const shortestInterval = remembered((config: PrometheusConfig): number =>
  Math.min(...config.scrapeJobs.map(({ interval }) => interval)),
);
