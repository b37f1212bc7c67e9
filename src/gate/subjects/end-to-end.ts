import { type AlertRule, alertRules, type PrometheusConfig, type ScrapeJob } from '../../model/prometheus.ts';
import { type Stack, serviceByHost } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';
import type { Labels } from '../../query/routing.ts';
import { type LabelledTarget, labelledTargets } from '../../query/target-labels.ts';
import { firesWhenDown } from '../../query/watched-targets.ts';
import { alertmanagerOf } from './alert-routing.ts';
import { distinct } from './distinct.ts';

/** A claim that somebody hears of it when the container of a scrape job dies, and when it is back. */
export interface DeathSubject {
  readonly claim: Claim;
  readonly prometheus: PrometheusConfig;
  readonly alertmanager: string;
  readonly job: ScrapeJob;
  /** The service that dies, and the labels of its target. */
  readonly service: string;
  readonly target: Labels;
  /** The rules that fire for certain then. */
  readonly alerts: readonly AlertRule[];
}

/** What the end-to-end suite claims: one case for each scrape job of a container that an alert watches. */
export function deathSubjects(stack: Stack): DeathSubject[] {
  return distinct(
    stack.prometheus.flatMap((prometheus) => {
      const alertmanager = alertmanagerOf(stack, prometheus);
      if (alertmanager === undefined) return [];
      const targets = labelledTargets(prometheus);
      return prometheus.scrapeJobs.flatMap((job) => {
        const mine = targets.filter((target) => target.job === job);
        for (const target of mine) {
          const service = mayDie(stack, prometheus, target);
          const alerts = watching(prometheus, target, targets);
          if (service === undefined || alerts.length === 0) continue;
          const claim = claimOf('end-to-end', job.name);
          return [{ claim, prometheus, alertmanager, job, service, target: target.labels, alerts }];
        }
        return [];
      });
    }),
  );
}

/** The claim that stands where alerts are sent and none of them would tell that a container died. */
export function unwatched(stack: Stack): { readonly claim: Claim }[] {
  const sends = stack.prometheus.some(
    (prometheus) => alertmanagerOf(stack, prometheus) !== undefined && alertRules(prometheus).length > 0,
  );
  const none = sends && deathSubjects(stack).length === 0;
  return none ? [{ claim: claimOf('end-to-end', 'an alert tells that a target died') }] : [];
}

function watching(prometheus: PrometheusConfig, target: LabelledTarget, all: readonly LabelledTarget[]): AlertRule[] {
  const others = all.map(({ labels }) => labels);
  return alertRules(prometheus).filter(({ expr }) => firesWhenDown(expr.value, target.labels, others));
}

/** The service behind a target, where the way of the message does not lead through it. */
function mayDie(stack: Stack, prometheus: PrometheusConfig, { address }: LabelledTarget): string | undefined {
  const service = address === undefined ? undefined : serviceByHost(stack, hostOf(address));
  const needed = neededForMessages(stack, prometheus);
  return service === undefined || needed.has(service.name) ? undefined : service.name;
}

/** The server itself, whom it tells, where they send within the stack, and in whose network any of these is. */
function neededForMessages(stack: Stack, prometheus: PrometheusConfig): ReadonlySet<string> {
  const urls = stack.alertmanager.flatMap(({ receivers }) =>
    receivers.flatMap(({ integrations }) =>
      integrations.flatMap(({ value }) =>
        Object.entries(value).flatMap(([key, text]) =>
          key.endsWith('url') && typeof text === 'string' && URL.canParse(text) ? [new URL(text).hostname] : [],
        ),
      ),
    ),
  );
  const hosts = [...prometheus.alertmanagers.map(({ value }) => hostOf(value)), ...urls];
  const named = hosts.flatMap((host) => serviceByHost(stack, host)?.name ?? []);
  const chain = [prometheus.service, ...stack.alertmanager.map(({ service }) => service), ...named];
  const networks = stack.services
    .filter(({ name }) => chain.includes(name))
    .flatMap(({ definition }) => /^service:(.+)$/.exec(String(definition['network_mode'] ?? ''))?.[1] ?? []);
  return new Set([...chain, ...networks]);
}

function hostOf(address: string): string {
  return address.replace(/^[a-z]+:\/\//, '').replace(/(:\d+)?(\/.*)?$/, '');
}
