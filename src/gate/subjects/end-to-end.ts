import { type AlertRule, alertRules, type PrometheusConfig, type ScrapeJob } from '../../model/prometheus.ts';
import { type Stack, serviceByHost } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';
import type { Labels } from '../../query/routing.ts';
import { type LabelledTarget, labelledTargets } from '../../query/target-labels.ts';
import { firesWhenDown } from '../../query/watched-targets.ts';
import { alertmanagerOf } from './alert-routing.ts';
import { distinct } from './distinct.ts';

/** A claim that somebody hears of it when a target of a scrape job dies, and when it is back. */
export interface DeathSubject {
  readonly claim: Claim;
  readonly prometheus: PrometheusConfig;
  readonly alertmanager: string;
  readonly job: ScrapeJob;
  /** The service whose container dies; undefined where the target is outside the stack and a stand-in plays it. */
  readonly service?: string;
  readonly target: Labels;
  /** The rules that fire for certain then. */
  readonly alerts: readonly AlertRule[];
}

/** What the end-to-end suite claims: one case for each scrape job that an alert watches. */
export function deathSubjects(stack: Stack): DeathSubject[] {
  return distinct(
    stack.prometheus.flatMap((prometheus) => {
      const alertmanager = alertmanagerOf(stack, prometheus);
      if (alertmanager === undefined) return [];
      const targets = labelledTargets(prometheus);
      return prometheus.scrapeJobs.flatMap((job) => {
        const claim = claimOf('end-to-end', job.name);
        const mine = targets
          .filter((target) => target.job === job)
          .flatMap((target) => {
            const who = mayDie(stack, prometheus, target);
            const alerts = who === undefined ? [] : watching(prometheus, target, targets);
            return alerts.length === 0
              ? []
              : [{ claim, prometheus, alertmanager, job, ...who, target: target.labels, alerts }];
          });
        // One of the stack's own is better proof than one that is played.
        return mine.toSorted((a, b) => Number(a.service === undefined) - Number(b.service === undefined)).slice(0, 1);
      });
    }),
  );
}

/** The claim that stands where alerts are sent and none of them would tell that a target died. */
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

/** The service behind a target, or none for one outside; undefined where the way of the message leads through it. */
function mayDie(
  stack: Stack,
  prometheus: PrometheusConfig,
  { address }: LabelledTarget,
): Pick<DeathSubject, 'service'> | undefined {
  if (address === undefined) return undefined;
  const host = hostOf(address);
  const service = serviceByHost(stack, host);
  if (service === undefined) return ['localhost', '127.0.0.1', '[::1]'].includes(host) ? undefined : {};
  return neededForMessages(stack, prometheus).has(service.name) ? undefined : { service: service.name };
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
