import type { FindingDraft } from '../../model/finding.ts';
import type { ScrapeJob, ScrapeTarget } from '../../model/prometheus.ts';
import type { Service, Stack } from '../../model/stack.ts';
import { listAt, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { isAnsweredElsewhere, isOwnPort, portMeant, type Reach, reachOf } from '../support/hosts.ts';
import { quoteAll } from '../support/quote.ts';

/**
 * Between containers a service answers to its name, its container name and its aliases
 * (https://docs.docker.com/compose/how-tos/networking/). What lies outside the repository is not known.
 */
export const deadTarget = defineRule({
  id: 'prometheus/dead-target',
  severity: 'error',
  over: 'prometheus',
  claim: 'Every static target inside the stack is a service that listens there.',
  check: (prometheus, { stack, repository }) => {
    const from = stack.services.find((service) => service.name === prometheus.service);
    if (from === undefined) return [];
    const outside: Outside[] = [];
    const dead: FindingDraft[] = [];
    for (const job of prometheus.scrapeJobs) {
      if (isReaddressed(job)) continue;
      for (const target of job.targets.filter(({ address }) => address !== '' && !address.includes('://'))) {
        const reach = reachOf(repository.tree, stack, from, target.host);
        const problem = problemOf(stack, reach, from, target);
        const known = isAnsweredElsewhere(repository.stacks, prometheus.file, target.host);
        if (reach.kind === 'outside' && !known) outside.push({ job, target, why: reach.why });
        if (problem !== undefined) dead.push(draft(stack, job, target, problem));
      }
    }
    return [...dead, ...unknown(outside)];
  },
});

/** A target of which nothing can be known, and why. */
interface Outside {
  readonly job: ScrapeJob;
  readonly target: ScrapeTarget;
  readonly why: string;
}

interface Problem {
  readonly what: string;
  readonly hint: string;
  readonly service?: Service;
}

function problemOf(stack: Stack, reach: Reach, from: Service, target: ScrapeTarget): Problem | undefined {
  if (reach.kind === 'nobody') {
    return { what: 'is no service of the stack', hint: 'Take the target away, or add its service' };
  }
  if (reach.kind === 'self' && !isOwnPort(stack, from, target.port)) {
    const what = 'is the container of Prometheus itself, which does not listen there';
    return { what, hint: 'Name the service that is meant' };
  }
  if (reach.kind === 'apart') {
    const what = `and "${from.name}" share no network`;
    return { what, hint: 'Put both services into one network', service: reach.service };
  }
  const port = reach.kind === 'service' ? portMeant(reach.service, target.port) : undefined;
  if (reach.kind !== 'service' || port === undefined) return undefined;
  const what = `uses a port that only the host has; in the network it is ${port}`;
  return { what, hint: `Write "${target.host}:${port}"`, service: reach.service };
}

/** A job that writes `__address__` anew, as probes do, never dials its targets. */
function isReaddressed(job: ScrapeJob): boolean {
  return listAt(job.value, 'relabel_configs').some((entry) => valueAt(entry, 'target_label') === '__address__');
}

function draft(stack: Stack, job: ScrapeJob, target: ScrapeTarget, { what, hint, service }: Problem): FindingDraft {
  const near =
    service === undefined
      ? {
          at: { file: stack.composeFile, pointer: ['services'], part: 'key' as const },
          note: 'the services of the stack',
        }
      : { at: service.at, note: 'the service' };
  return {
    at: target.at,
    message: `Target "${target.address}" of job "${job.name}" ${what}, so it is never up`,
    related: [near],
    hint,
    facts: { job: job.name, target: target.address, stack: stack.composeFile },
  };
}

/** One finding for all jobs of a file. */
function unknown(outside: readonly Outside[]): FindingDraft[] {
  const [first, ...others] = outside;
  if (first === undefined) return [];
  const names = outside.map(({ target }) => target.address);
  const jobs = [...new Set(outside.map(({ job }) => job.name))];
  const why = others.length === 0 ? first.why : 'they are, or may be, outside the repository';
  const there = others.length === 0 ? 'there' : 'at them';
  return [
    {
      at: first.target.at,
      severity: 'info',
      message: `${quoteAll(names)} of ${jobs.length === 1 ? 'job' : 'jobs'} ${quoteAll(jobs)}: ${why}, so whether anything answers ${there} cannot be told`,
      related: others.slice(0, 20).map(({ target }) => ({ at: target.at, note: 'another such target' })),
      facts: { jobs, targets: names },
    },
  ];
}
