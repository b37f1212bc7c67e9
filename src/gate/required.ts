import type { Repository } from '../model/repository.ts';
import type { Stack } from '../model/stack.ts';
import { type Claim, claimOf } from '../model/verdict.ts';
import { liveSuites } from './live-suites.ts';

/** The live claims of a stack; the suites make exactly these cases. */
export function liveClaims(repository: Repository, stack: Stack): Claim[] {
  return liveSuites.flatMap((suite) => suite.claims(stack, repository));
}

/** The static claims: one for each room of rules that has something to look at in this stack. */
export function staticClaims(repository: Repository, stack: Stack): Claim[] {
  const { prometheus, alertmanager, grafana, loki, promtail } = stack;
  const rooms = [
    'compose',
    ...(prometheus.some((config) => config.scrapeJobs.length > 0) ? ['prometheus'] : []),
    ...(prometheus.some((config) => config.ruleGroups.length > 0) ? ['rules'] : []),
    ...(alertmanager.some((config) => config.route !== undefined) ? ['alertmanager'] : []),
    ...(grafana.some((config) => config.datasources.length + config.dashboards.length > 0) ? ['grafana'] : []),
    ...(loki.some((config) => config.file !== undefined) ? ['loki'] : []),
    ...(promtail.some((config) => config.file !== undefined) ? ['promtail'] : []),
    ...(repository.ci.some((file) => file.jobs.length > 0) ? ['ci'] : []),
    'repo',
  ];
  return rooms.map((room) => claimOf('static', room));
}

/** Every claim that must pass before the gate opens, computed before anything runs. */
export function requiredClaims(repository: Repository, stack: Stack): Claim[] {
  return [...staticClaims(repository, stack), ...liveClaims(repository, stack)];
}
