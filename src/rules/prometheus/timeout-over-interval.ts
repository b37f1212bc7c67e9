import { durationSeconds } from '../../model/duration.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

/**
 * `scrape timeout greater than scrape interval`: a written timeout is held against the interval of the job, or of
 * `global` where the job has none; a timeout nobody wrote is cut to the interval
 * (https://github.com/prometheus/prometheus/blob/v2.47.0/config/config.go).
 */
export const timeoutOverInterval = defineRule({
  id: 'prometheus/timeout-over-interval',
  severity: 'error',
  over: 'prometheus',
  claim: 'No scrape timeout is longer than the interval it belongs to.',
  check: ({ file, value, scrapeJobs, ...config }) => {
    const scrapeInterval = config.scrapeInterval || 60;
    const found: FindingDraft[] = [];
    const timeout = seconds(textValue(value, 'global', 'scrape_timeout'));
    if (file !== undefined && timeout !== undefined && timeout > scrapeInterval) {
      const at = { file, pointer: ['global', 'scrape_timeout'] };
      found.push(draft(at, 'The global scrape timeout', timeout, scrapeInterval));
    }
    for (const job of scrapeJobs) {
      const own = seconds(textValue(job.value, 'scrape_timeout'));
      const interval = seconds(textValue(job.value, 'scrape_interval')) ?? scrapeInterval;
      if (own === undefined || own <= interval) continue;
      const at = { ...job.at, pointer: [...(job.at.pointer ?? []), 'scrape_timeout'] };
      found.push(draft(at, `The scrape timeout of job "${job.name}"`, own, interval));
    }
    return found;
  },
});

/** Zero is the same as nothing written. */
function seconds(text: string | undefined): number | undefined {
  return durationSeconds(text ?? '') || undefined;
}

function draft(at: FindingDraft['at'], what: string, timeout: number, interval: number): FindingDraft {
  return {
    at,
    message: `${what} is "${timeout}s" and its interval "${interval}s", so Prometheus refuses the configuration and does not start`,
    hint: 'Make the timeout the shorter of the two',
    facts: { timeout, interval },
  };
}
