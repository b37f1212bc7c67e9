import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { fileSources, hasSource, jobsOf, otherSources } from './jobs.ts';

/**
 * Promtail ends with `no valid target scrape config defined` where a job says nothing of where its lines come from,
 * and of several sources in one job it takes the first that it knows
 * (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/configuration/#scrape_configs).
 */
export const sourcelessJob = defineRule({
  id: 'promtail/sourceless-job',
  severity: 'error',
  over: 'promtail',
  claim: 'Every job of a Promtail has one source of lines.',
  check: ({ file, service, value }) => {
    if (file === undefined) return [];
    return jobsOf(value).flatMap((job): FindingDraft[] => {
      const files = fileSources.filter((source) => hasSource(job, source));
      const others = otherSources.filter((source) => hasSource(job, source));
      const named = [...fileSources, ...otherSources].filter((source) => source in job.value);
      if (named.length === 0)
        return [
          {
            at: { file, pointer: job.pointer },
            message: `Job "${job.name}" of Promtail "${service}" has no source of lines, so Promtail does not start`,
            hint: 'Give it static_configs, docker_sd_configs, journal or another source, or delete the job',
            facts: { service, job: job.name },
          },
        ];
      const [taken, ...passed] = files.length > 0 ? [quoteAll(files), ...others] : others.map((one) => one);
      return passed.map((source) => ({
        at: { file, pointer: [...job.pointer, source], part: 'key' },
        message: `"${source}" of job "${job.name}" is never read, because ${taken} in the same job goes before it`,
        hint: 'Give it a job of its own',
        facts: { service, job: job.name, source },
      }));
    });
  },
});
