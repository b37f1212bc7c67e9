import type { FindingDraft } from '../../model/finding.ts';
import type { ScrapeJob } from '../../model/prometheus.ts';
import { defineRule } from '../define-rule.ts';

/**
 * `found multiple scrape configs with job name`: names are compared over the main file and every file of
 * `scrape_config_files` (https://github.com/prometheus/prometheus/blob/v2.47.0/config/config.go).
 */
export const duplicateJob = defineRule({
  id: 'prometheus/duplicate-job',
  severity: 'error',
  over: 'prometheus',
  claim: 'No two scrape jobs of a Prometheus have the same name.',
  check: ({ scrapeJobs }) => {
    const first = new Map<string, ScrapeJob>();
    return scrapeJobs.flatMap((job): FindingDraft[] => {
      const other = first.get(job.name);
      if (other === undefined) first.set(job.name, job);
      if (other === undefined || job.name === '') return [];
      return [
        {
          at: nameOf(job),
          message: `Job "${job.name}" is there twice, so Prometheus refuses the configuration and does not start`,
          related: [{ at: nameOf(other), note: 'the first job of this name' }],
          hint: 'Join the two jobs, or give one of them another name',
          facts: { job: job.name },
        },
      ];
    });
  },
});

function nameOf(job: ScrapeJob): ScrapeJob['at'] {
  return { ...job.at, pointer: [...(job.at.pointer ?? []), 'job_name'] };
}
