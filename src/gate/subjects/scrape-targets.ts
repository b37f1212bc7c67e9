import type { ScrapeJob } from '../../model/prometheus.ts';
import type { Stack } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';
import { distinct } from './distinct.ts';

/** A claim about one scrape job of one Prometheus. */
export interface JobSubject {
  readonly claim: Claim;
  readonly service: string;
  readonly job: ScrapeJob;
}

/** What the scrape suite claims: every configured job has a target that is up. */
export function jobSubjects(stack: Stack): JobSubject[] {
  return distinct(
    stack.prometheus.flatMap((config) =>
      config.scrapeJobs.map((job) => ({ claim: claimOf('scrape-targets', job.name), service: config.service, job })),
    ),
  );
}
