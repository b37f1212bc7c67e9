import { defineRule } from '../define-rule.ts';
import { isOfEachScrape } from '../support/series/builtin.ts';
import { lookUp } from '../support/series/offer.ts';
import { type Server, serverOf } from '../support/series/server.ts';
import type { Scraped } from '../support/series/targets.ts';

/** What Prometheus itself writes for alerts (https://prometheus.io/docs/prometheus/2.47/configuration/alerting_rules/#inspecting-alerts-during-runtime). */
const ofAlerts = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

/**
 * A recorded series of a name that is scraped as well stands among the scraped ones, and every query of the name means both;
 * that is what the levels in names of recordings are for (https://prometheus.io/docs/practices/rules/#naming).
 */
export const shadowedMetric = defineRule({
  id: 'rules/shadowed-metric',
  severity: 'warning',
  over: 'prometheus',
  claim: 'No recording rule records under the name of a metric that is scraped.',
  check: (config, { repository, stack }) => {
    const recordings = config.ruleGroups.flatMap(({ rules }) =>
      rules.filter(({ kind, name }) => kind === 'record' && !name.includes(':')),
    );
    if (recordings.length === 0) return [];
    const offering = offersOf(serverOf(repository, stack, config));
    return recordings.flatMap(({ name, at }) => {
      const whose = whoseName(offering, name);
      if (whose === undefined) return [];
      return [
        {
          at: { ...at, pointer: [...(at.pointer ?? []), 'record'] },
          message: `"${name}" is recorded, and it is ${whose}, so every query of the name means both`,
          hint: 'Write the level and the operation into the name, as in "job:NAME:sum"',
          facts: { name },
        },
      ];
    });
  },
});

/** One target for each service that is known to offer something. */
function offersOf({ targets }: Server): readonly Scraped[] {
  return [
    ...new Map(targets.flatMap((target) => (target.offer ? [[target.offer.service, target] as const] : []))).values(),
  ];
}

function whoseName(offering: readonly Scraped[], name: string): string | undefined {
  if (ofAlerts.has(name)) return 'what Prometheus writes of alerts';
  if (isOfEachScrape(name) === 'yes') return 'what Prometheus writes of every scrape';
  const target = offering.find(({ offer }) => offer !== undefined && lookUp(offer, name).answer === 'yes');
  return target === undefined ? undefined : `a metric that job "${target.job.name}" scrapes`;
}
