import type { LabAddress } from '../../model/lab.ts';
import { ask, at, list } from './http.ts';

/** An alert as posted. */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * Posts alerts that started an hour ago and have no end, so that the first notification of a group is not held back by
 * `group_wait` (https://prometheus.io/docs/alerting/latest/clients/, Alertmanager API v2).
 * @throws Error with Alertmanager's words when it does not take them.
 */
export async function postAlerts(lab: LabAddress, base: string, alerts: readonly PostedAlert[]): Promise<void> {
  const startsAt = new Date(Date.now() - 3_600_000).toISOString();
  const endsAt = new Date(Date.now() + 3_600_000).toISOString();
  const body = alerts.map((alert) => ({ ...alert, startsAt, endsAt }));
  const answer = await ask(lab, `${base}/api/v2/alerts`, { method: 'POST', body });
  if (answer.status !== 200)
    throw new Error(`Alertmanager refuses the alerts (${answer.status}): ${answer.text.slice(0, 300)}`);
}

/** Whether Alertmanager says it is ready. */
export async function alertmanagerReady(lab: LabAddress, base: string): Promise<boolean> {
  return (await ask(lab, `${base}/-/ready`)).status === 200;
}

/** The receivers to which Alertmanager itself says it sends a posted case, sorted; undefined where it has no such alert. */
export async function receiversOf(lab: LabAddress, base: string, id: string): Promise<string[] | undefined> {
  const filter = encodeURIComponent(`stackproof_case="${id}"`);
  const answer = await ask(lab, `${base}/api/v2/alerts?filter=${filter}`);
  const [alert] = list(answer.json);
  if (alert === undefined) return undefined;
  return [...new Set(list(at(alert, 'receivers')).map((receiver) => String(at(receiver, 'name'))))].sort();
}
