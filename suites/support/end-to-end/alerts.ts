import {
  type Arrival,
  activeAlerts,
  asSent,
  baseUrl,
  type DeathSubject,
  eventually,
  externalLabels,
  type HeldAlert,
  heldAlerts,
  type Labels,
  type SeenAlert,
  sendingOf,
} from '../../../src/index.ts';
import { type Expected, hasArrived } from '../routing/places.ts';
import { lab, run } from '../run.ts';

/** The alerts of a rule about a target: what the alert kept of the target's labels is the target's. */
export async function alertsAbout(subject: DeathSubject, rule: string, target: Labels): Promise<SeenAlert[]> {
  const all = await activeAlerts(lab(), baseUrl(lab(), run.stack, subject.prometheus.service));
  return all.filter(
    ({ labels }) =>
      labels['alertname'] === rule &&
      ['job', 'instance'].every((name) => labels[name] === undefined || labels[name] === target[name]),
  );
}

/** Waits until a rule fires about a target. @throws NeverHappened with what Prometheus says of it last. */
export async function firing(subject: DeathSubject, rule: string, target: Labels): Promise<Labels> {
  return eventually(
    `alert "${rule}" fires in Prometheus`,
    async () => {
      const alerts = await alertsAbout(subject, rule, target);
      const alert = alerts.find(({ state }) => state === 'firing');
      if (alert !== undefined) return { done: true, value: alert.labels };
      return { done: false, seen: alerts.map(({ state }) => state).join(', ') || 'not even pending' };
    },
    { within: 60_000 },
  );
}

/** The same alert as Alertmanager has it. @throws NeverHappened where Prometheus never gets it through. */
export async function held(subject: DeathSubject, alert: Labels): Promise<HeldAlert> {
  const { prometheus, alertmanager } = subject;
  const external = await externalLabels(lab(), baseUrl(lab(), run.stack, prometheus.service));
  const sent = asSent(alert, sendingOf(prometheus, external));
  if (sent === undefined) throw new Error(`alert_relabel_configs drop the alert "${alert['alertname']}"`);
  return eventually(
    `Alertmanager has the alert "${alert['alertname']}"`,
    async () => {
      const base = baseUrl(lab(), run.stack, alertmanager);
      const all = await heldAlerts(lab(), base, `alertname=${JSON.stringify(sent['alertname'] ?? '')}`);
      const found = all.find(({ labels }) => sorted(labels) === sorted(sent));
      return found === undefined
        ? { done: false, seen: `${all.length} of that name, none with its labels` }
        : { done: true, value: found };
    },
    { within: 30_000 },
  );
}

/** How often an alert has arrived at a place in a state. */
export function timesArrived(arrivals: readonly Arrival[], one: Expected): number {
  return arrivals.filter((arrival) => hasArrived([arrival], one)).length;
}

function sorted(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort());
}
