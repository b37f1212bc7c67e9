import type { Repository } from '../model/repository.ts';
import type { Stack } from '../model/stack.ts';
import type { Claim } from '../model/verdict.ts';
import { alertSubjects, groupingSubjects, inhibitionSubjects, nothingElse } from './subjects/alert-routing.ts';
import { backupSubjects } from './subjects/backup.ts';
import { bootSubjects } from './subjects/boot.ts';
import {
  dashboardSubjects,
  grafanaSubjects,
  librarySubjects,
  querySubjects,
  variableSubjects,
} from './subjects/dashboards.ts';
import { deathSubjects, unwatched } from './subjects/end-to-end.ts';
import { faultSubjects } from './subjects/faults.ts';
import { logJobSubjects, logRestartSubjects, logSourceSubjects } from './subjects/logs.ts';
import { mailSubjects } from './subjects/mail-faults.ts';
import { reloadSubjects } from './subjects/reload.ts';
import { alertRuleSubjects, ruleGroupSubjects } from './subjects/rules.ts';
import { jobSubjects, labelSubjects, metricSubjects } from './subjects/scrape-targets.ts';

/** One live suite: its name is that of its file and of its claims. */
export type LiveSuite = {
  readonly name: string;
  /** What it claims of a stack, computed before anything runs; the suite makes exactly these cases. */
  readonly claims: (stack: Stack, repository: Repository) => readonly Claim[];
} & Phase;

/**
 * `beside`: it disturbs nobody, and runs with the others on one lab (`suites/live/`). `after`: it stops, changes or breaks
 * services, so it runs alone when those are done, and leaves the lab whole (`suites/after/`); it `takes` so many seconds,
 * by and large, by which several labs share such suites out.
 */
type Phase = { readonly phase: 'beside' } | { readonly phase: 'after'; readonly takes: number };

/** The live suites, in the order they are reported; those of the second phase run in this order. */
export const liveSuites: readonly LiveSuite[] = [
  { name: 'boot', phase: 'beside', claims: (stack) => claimsOf(bootSubjects(stack)) },
  {
    name: 'scrape-targets',
    phase: 'beside',
    claims: (stack) => [jobSubjects, labelSubjects, metricSubjects].flatMap((subjects) => claimsOf(subjects(stack))),
  },
  {
    name: 'rules',
    phase: 'beside',
    claims: (stack) => [...claimsOf(ruleGroupSubjects(stack)), ...claimsOf(alertRuleSubjects(stack))],
  },
  {
    name: 'dashboards',
    phase: 'beside',
    claims: (stack) =>
      [dashboardSubjects, grafanaSubjects, variableSubjects, querySubjects, librarySubjects].flatMap((subjects) =>
        claimsOf(subjects(stack)),
      ),
  },
  {
    name: 'alert-routing',
    phase: 'beside',
    claims: (stack) => {
      const alerts = claimsOf(alertSubjects(stack));
      const more = [...claimsOf(inhibitionSubjects(stack)), ...claimsOf(groupingSubjects(stack)), nothingElse];
      return alerts.length === 0 ? [] : [...alerts, ...more];
    },
  },
  {
    name: 'logs',
    phase: 'beside',
    claims: (stack) => [...claimsOf(logJobSubjects(stack)), ...claimsOf(logSourceSubjects(stack))],
  },
  // First of all that stop Loki: what 2.9 takes in between two restarts that follow each other within one checkpoint
  // interval is taken for known when its log is replayed, and lost
  // (https://github.com/grafana/loki/blob/v2.9.2/pkg/ingester/recovery.go, `resetCounter`).
  { name: 'log-restarts', phase: 'after', takes: 25, claims: (stack) => claimsOf(logRestartSubjects(stack)) },
  { name: 'mail-faults', phase: 'after', takes: 25, claims: (stack) => claimsOf(mailSubjects(stack)) },
  {
    name: 'end-to-end',
    phase: 'after',
    takes: 25,
    claims: (stack) => [...claimsOf(deathSubjects(stack)), ...claimsOf(unwatched(stack))],
  },
  { name: 'faults', phase: 'after', takes: 30, claims: (stack) => claimsOf(faultSubjects(stack)) },
  // After the faults: a container that the engine sent a signal counts as stopped by hand, and is not restarted by it.
  { name: 'reload', phase: 'after', takes: 5, claims: (stack) => claimsOf(reloadSubjects(stack)) },
  {
    name: 'backup',
    phase: 'after',
    takes: 65,
    claims: (stack, repository) => claimsOf(backupSubjects(stack, repository)),
  },
];

function claimsOf(subjects: readonly { readonly claim: Claim }[]): Claim[] {
  return subjects.map(({ claim }) => claim);
}
