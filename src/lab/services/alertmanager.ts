import type { LabAddress } from '../../model/lab.ts';
import { ask, at, list, texts } from './http.ts';

/** An alert as posted. */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: Date;
  /** In the past, or now, for one that is resolved. */
  readonly endsAt: Date;
}

/** An alert as Alertmanager has it. */
export interface HeldAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly fingerprint: string;
  /** The receivers to which its routes send it, sorted, each once. */
  readonly receivers: readonly string[];
  /** The fingerprints of the alerts that mute it. */
  readonly inhibitedBy: readonly string[];
}

/**
 * Posts alerts (https://prometheus.io/docs/alerting/latest/clients/, Alertmanager API v2).
 * @throws Error with Alertmanager's words when it does not take them.
 */
export async function postAlerts(lab: LabAddress, base: string, alerts: readonly PostedAlert[]): Promise<void> {
  if (alerts.length === 0) return;
  const body = alerts.map(({ startsAt, endsAt, ...alert }) => ({
    ...alert,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
  }));
  const answer = await ask(lab, `${base}/api/v2/alerts`, { method: 'POST', body });
  if (answer.status !== 200)
    throw new Error(`Alertmanager refuses the alerts (${answer.status}): ${answer.text.slice(0, 300)}`);
}

/** Whether Alertmanager says it is ready. */
export async function alertmanagerReady(lab: LabAddress, base: string): Promise<boolean> {
  return (await ask(lab, `${base}/-/ready`)).status === 200;
}

/** The alerts that Alertmanager has at present, the muted ones too. `matcher` asks for some of them: `alertname="Down"`. */
export async function heldAlerts(lab: LabAddress, base: string, matcher: string): Promise<HeldAlert[]> {
  const answer = await ask(lab, `${base}/api/v2/alerts?filter=${encodeURIComponent(matcher)}`);
  if (answer.status !== 200)
    throw new Error(`Alertmanager does not list its alerts (${answer.status}): ${answer.text.slice(0, 200)}`);
  return list(answer.json).map((alert) => ({
    labels: texts(at(alert, 'labels')),
    fingerprint: String(at(alert, 'fingerprint')),
    receivers: [...new Set(list(at(alert, 'receivers')).map((one) => String(at(one, 'name'))))].sort(),
    inhibitedBy: list(at(alert, 'status', 'inhibitedBy')).map(String),
  }));
}

/**
 * How many notifications of a kind of integration have failed for good, as Alertmanager itself counts them: once for each
 * that it gave up, whatever the number of attempts (notify/notify.go of Alertmanager 0.26, `RetryStage`).
 */
export async function failedNotifications(lab: LabAddress, base: string, integration: string): Promise<number> {
  const { status, text } = await ask(lab, `${base}/metrics`);
  if (status !== 200) throw new Error(`Alertmanager's metrics answer ${status}: ${text.slice(0, 200)}`);
  const lines = text.split('\n').filter((line) => line.startsWith('alertmanager_notifications_failed_total{'));
  const mine = lines.filter((line) => line.includes(`integration="${integration}"`));
  return mine.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
