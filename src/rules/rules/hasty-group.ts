import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';

/**
 * Between two scrapes nothing changes: a group that is evaluated more often than the quickest job is scraped asks for the
 * same samples again (https://prometheus.io/docs/prometheus/2.47/configuration/recording_rules/#rule_group).
 */
export const hastyGroup = defineRule({
  id: 'rules/hasty-group',
  severity: 'info',
  over: 'prometheus',
  claim: 'No group of rules is evaluated more often than anything is scraped.',
  check: ({ ruleGroups, scrapeJobs }) => {
    const scrape = Math.min(...scrapeJobs.map(({ interval }) => interval));
    const hasty = ruleGroups.filter(({ interval }) => interval < scrape);
    const [first, ...others] = hasty;
    if (scrapeJobs.length === 0 || first === undefined) return [];
    const names = hasty.map(({ name }) => name);
    return [
      {
        at: first.at,
        message: `${quoteAll(names, 5)} ${names.length === 1 ? 'is' : 'are'} evaluated every ${first.interval}s and nothing is scraped more often than every ${scrape}s, so most evaluations see what the one before saw`,
        related: others.map(({ at, name }) => ({ at, note: `the group "${name}"` })),
        hint: 'Evaluate as often as is scraped',
        facts: { groups: names, scrape },
      },
    ];
  },
});
