import type { Datasource } from '../../model/grafana.ts';
import type { Stack } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';
import { listed } from '../../query/member.ts';
import { distinct } from './distinct.ts';

/** A claim about one scrape job of a Promtail. */
export interface LogJobSubject {
  readonly claim: Claim;
  readonly service: string;
  /** The job as it is written; unset where the repository does not hold the configuration. */
  readonly job?: Readonly<Record<string, unknown>>;
}

/** A claim about one datasource of type Loki of a Grafana. */
export interface LogSourceSubject {
  readonly claim: Claim;
  readonly service: string;
  readonly datasource: Datasource;
}

/** A claim about one Promtail or Loki whose container is made anew. */
export interface LogRestartSubject {
  readonly claim: Claim;
  readonly service: string;
}

/** What the logs suite claims of jobs: each delivers what is written where it reads. */
export function logJobSubjects(stack: Stack): LogJobSubject[] {
  const subjects = stack.promtail.flatMap(({ service, value }): LogJobSubject[] => {
    const jobs = listed(value['scrape_configs']).filter(
      (job): job is Readonly<Record<string, unknown>> => typeof job === 'object' && job !== null,
    );
    if (jobs.length === 0) return [{ claim: claimOf('logs', `${service} delivers`), service }];
    return jobs.map((job) => {
      const name = String(job['job_name'] ?? '');
      return { claim: claimOf('logs', `${service} job "${name}" delivers`), service, job };
    });
  });
  return distinct(subjects);
}

/** What the logs suite claims of datasources: each shows what its Loki holds. */
export function logSourceSubjects(stack: Stack): LogSourceSubject[] {
  const subjects = stack.grafana.flatMap(({ service, datasources }) =>
    datasources
      .filter(({ type }) => type === 'loki')
      .map((datasource) => {
        const claim = claimOf('logs', `${service} datasource "${datasource.name}" shows what arrived`);
        return { claim, service, datasource };
      }),
  );
  return distinct(subjects);
}

/** What the suite of restarts claims: a new container of either side loses no line and sends none twice. */
export function logRestartSubjects(stack: Stack): LogRestartSubject[] {
  if (stack.promtail.length === 0) return [];
  return [...stack.promtail, ...stack.loki].map(({ service }) => ({
    claim: claimOf('log-restarts', `no line is lost or doubled when ${service} is made anew`),
    service,
  }));
}
