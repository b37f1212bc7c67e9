import { type AlertRule, alertRules, type PrometheusConfig } from '../../model/prometheus.ts';
import { type Stack, serviceByHost } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';
import { distinct } from './distinct.ts';

/** A claim that one alert reaches exactly the receivers its routes name. */
export interface AlertSubject {
  readonly claim: Claim;
  readonly service: string;
  readonly alertmanager: string;
  readonly alert: AlertRule;
  readonly externalLabels: Readonly<Record<string, string>>;
}

/** What the routing suite claims: every alerting rule's message arrives where its routes say. */
export function alertSubjects(stack: Stack): AlertSubject[] {
  return distinct(
    stack.prometheus.flatMap((config) => {
      const alertmanager = alertmanagerOf(stack, config);
      if (alertmanager === undefined) return [];
      return alertRules(config).map((alert) => ({
        claim: claimOf('alert-routing', alert.name),
        service: config.service,
        alertmanager,
        alert,
        externalLabels: config.externalLabels,
      }));
    }),
  );
}

/** The Alertmanager a Prometheus is told of, else the first of the stack. */
function alertmanagerOf(stack: Stack, { alertmanagers }: PrometheusConfig): string | undefined {
  const told = alertmanagers.map(({ value }) => serviceByHost(stack, value.replace(/:\d+$/, ''))?.name);
  return (stack.alertmanager.find((one) => told.includes(one.service)) ?? stack.alertmanager[0])?.service;
}

/** The claim that no message came which no alert accounts for. */
export const nothingElse = claimOf('alert-routing', 'nothing else arrives');
