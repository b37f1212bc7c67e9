import { durationSeconds } from '../../model/duration.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { flagValue } from '../../read/flags.ts';
import { valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

/** A query sees a sample for five minutes, unless a flag says otherwise (https://prometheus.io/docs/prometheus/2.47/querying/basics/#staleness). */
export const staleScrape = defineRule({
  id: 'prometheus/stale-scrape',
  severity: 'warning',
  over: 'prometheus',
  claim: 'Every job is scraped again before its last samples are forgotten.',
  check: ({ file, service, scrapeInterval, scrapeJobs }, { stack }) => {
    const owner = stack.services.find((one) => one.name === service);
    const flag = owner === undefined ? undefined : flagValue(owner, 'query.lookback-delta')?.value;
    const seen = durationSeconds(flag ?? '') || 300;
    const say = (at: FindingDraft['at'], what: string, interval: number): FindingDraft => ({
      at,
      message: `${what} every ${interval} s, and a query sees a sample for ${seen} s, so its series come and go and alerts on them resolve`,
      hint: `Scrape at least every ${Math.floor(seen / 2)} s`,
      facts: { interval, lookback: seen },
    });
    const everywhere =
      file !== undefined && scrapeInterval >= seen
        ? [
            say(
              { file, pointer: ['global', 'scrape_interval'] },
              'Jobs without an interval of their own are scraped',
              scrapeInterval,
            ),
          ]
        : [];
    const jobs = scrapeJobs
      .filter((job) => job.interval >= seen && valueAt(job.value, 'scrape_interval') !== undefined)
      .map((job) =>
        say(
          { ...job.at, pointer: [...(job.at.pointer ?? []), 'scrape_interval'] },
          `Job "${job.name}" is scraped`,
          job.interval,
        ),
      );
    return [...everywhere, ...jobs];
  },
});
