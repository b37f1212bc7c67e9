import type { FindingDraft } from '../../model/finding.ts';
import type { PrometheusConfig } from '../../model/prometheus.ts';
import { parsePromql } from '../../query/promql.ts';
import type { Selector } from '../../query/promql-selector.ts';
import { flagValue } from '../../read/flags.ts';
import { defineRule } from '../define-rule.ts';

const needsTwo = /\b(rate|irate|increase|delta|idelta|deriv)\s*\(\s*$/;

/**
 * These functions need two samples in their range
 * (https://prometheus.io/docs/prometheus/latest/querying/functions/#rate). The interval is that of the job which the
 * selector names, or else the shortest of all jobs.
 */
export const shortWindow = defineRule({
  id: 'rules/short-window',
  severity: 'warning',
  over: 'prometheus',
  claim: 'Every range of a rate is at least two scrapes long.',
  check: (config, { stack }) => {
    const service = stack.services.find((one) => one.name === config.service);
    const receives = service !== undefined && flagValue(service, 'web.enable-remote-write-receiver') !== undefined;
    if (receives || config.scrapeJobs.length === 0) return [];
    const rules = config.ruleGroups.flatMap((group) => group.rules);
    const recorded = new Set(rules.filter(({ kind }) => kind === 'record').map(({ name }) => name));
    return rules.flatMap((rule): FindingDraft[] => {
      const { value, at } = rule.expr;
      return parsePromql(value).selectors.flatMap((selector) => {
        const { metric, rangeSeconds: range, span } = selector;
        const name = needsTwo.exec(value.slice(0, span[0]))?.[1];
        if (name === undefined || range === undefined || metric === undefined) return [];
        if (recorded.has(metric) || metric.includes(':')) return [];
        const interval = intervalOf(config, selector);
        if (range >= 2 * interval) return [];
        const what = range < interval ? 'never holds two samples' : 'does not always hold two samples';
        return [
          {
            at: { ...at, span },
            message: `"${name}" of "${metric}" in "${rule.name}" looks back ${range}s at what is scraped every ${interval}s, which ${what}, so ${range < interval ? 'it has no result' : 'its result has gaps'}`,
            hint: 'Take a range of four scrapes',
            facts: { rule: rule.name, metric, range, interval },
          },
        ];
      });
    });
  },
});

function intervalOf({ scrapeJobs }: PrometheusConfig, { matchers }: Selector): number {
  const job = matchers.find(({ label, op }) => label === 'job' && op === '=')?.value;
  const named = scrapeJobs.find(({ name }) => name === job);
  return named?.interval ?? Math.min(...scrapeJobs.map(({ interval }) => interval));
}
