import type { AlertmanagerConfig, InhibitRule, Matcher } from '../../model/alertmanager.ts';
import { type AlertRule, alertRules, type PrometheusConfig } from '../../model/prometheus.ts';
import { type Stack, serviceByHost } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';
import type { Candidate } from '../../query/inhibition.ts';
import { likelyAlerts } from '../../query/likely-alerts.ts';
import { matchersHold, routesFor } from '../../query/routing.ts';
import { distinct } from './distinct.ts';

/** A claim that one alert reaches exactly the receivers its routes name. */
export interface AlertSubject {
  readonly claim: Claim;
  readonly alertmanager: string;
  readonly alert: AlertRule;
  readonly prometheus: PrometheusConfig;
}

/** A claim that an inhibition rule mutes what it is written for, and no longer than its source fires. */
export interface InhibitionSubject {
  readonly claim: Claim;
  readonly alertmanager: string;
  readonly rule: InhibitRule;
}

/** What the routing suite claims: every alerting rule's message arrives where its routes say. */
export function alertSubjects(stack: Stack): AlertSubject[] {
  return distinct(
    stack.prometheus.flatMap((prometheus) => {
      const alertmanager = alertmanagerOf(stack, prometheus);
      if (alertmanager === undefined) return [];
      return alertRules(prometheus).map((alert) => ({
        claim: claimOf('alert-routing', alert.name),
        alertmanager,
        alert,
        prometheus,
      }));
    }),
  );
}

/** The Alertmanager a Prometheus is told of, else the first of the stack. */
export function alertmanagerOf(stack: Stack, { alertmanagers }: PrometheusConfig): string | undefined {
  const told = alertmanagers.map(({ value }) => serviceByHost(stack, value.replace(/:\d+$/, ''))?.name);
  return (stack.alertmanager.find((one) => told.includes(one.service)) ?? stack.alertmanager[0])?.service;
}

/** What the routing suite claims of inhibition: of each rule for which the stack has alerts on either side. */
export function inhibitionSubjects(stack: Stack): InhibitionSubject[] {
  const subjects = alertSubjects(stack);
  return distinct(
    stack.alertmanager.flatMap((config) => {
      const alerts = subjects.filter(({ alertmanager }) => alertmanager === config.service).flatMap(likelyOf);
      const some = (matchers: readonly Matcher[]): boolean =>
        alerts.some(({ labels }) => matchersHold(matchers, labels));
      return config.inhibitRules
        .filter(({ source, target }) => some(source) && some(target))
        .map((rule) => ({
          claim: claimOf('alert-routing', `${textOf(rule.source)} mutes ${textOf(rule.target)}`),
          alertmanager: config.service,
          rule,
        }));
    }),
  );
}

/** The claim that messages hold the alerts of one group each; only where some alert reaches an integration. */
export function groupingSubjects(stack: Stack): { readonly claim: Claim }[] {
  const subjects = alertSubjects(stack);
  const seen = subjects.some((subject) => {
    const config = stack.alertmanager.find(({ service }) => service === subject.alertmanager);
    return config !== undefined && likelyOf(subject).some((alert) => reachesSomebody(config, alert));
  });
  return seen ? [{ claim: claimOf('alert-routing', 'alerts are grouped as their routes say') }] : [];
}

/** The claim that no message came which no alert accounts for. */
export const nothingElse = claimOf('alert-routing', 'nothing else arrives');

function likelyOf({ alert, prometheus }: AlertSubject): Candidate[] {
  return likelyAlerts(alert, prometheus);
}

function reachesSomebody(config: AlertmanagerConfig, { labels }: Candidate): boolean {
  const names = routesFor(config, labels).map(({ receiver }) => receiver);
  return config.receivers.some(({ name, integrations }) => integrations.length > 0 && names.includes(name));
}

function textOf(matchers: readonly Matcher[]): string {
  return matchers.length === 0
    ? 'everything'
    : matchers.map(({ label, op, value }) => `${label}${op}"${value}"`).join(' ');
}
