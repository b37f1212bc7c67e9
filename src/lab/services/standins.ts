import type { LabAddress } from '../../model/lab.ts';
import { ask, at, list } from './http.ts';
import { type Literal, literalsIn, unexpandedHeaders } from './literals.ts';

/** An alert in a message: a posted one by its `stackproof_case` label, any other by its fingerprint. */
export interface ArrivedAlert {
  readonly id: string;
  readonly state: 'firing' | 'resolved';
}

/** A message that reached the stand-in of a receiver. */
export interface Arrival {
  readonly receiver: string;
  readonly kind: string;
  readonly index: number;
  readonly alerts: readonly ArrivedAlert[];
  /** What in it nobody expanded. */
  readonly literals: readonly Literal[];
  /** The status with which a destination inside the stack refused it. */
  readonly refused?: number;
  /** Of a mail: whether TLS carried it, and who logged in (empty for nobody). */
  readonly mail?: { readonly secured: boolean; readonly user: string };
}

/** Everything that has arrived so far, webhooks and mails. */
export async function arrivals(lab: LabAddress): Promise<Arrival[]> {
  const { webhooks, mails } = await messages(lab);
  return [...webhooks.map(webhookArrival), ...mails.map(mailArrival)];
}

/** How often each fault of the mail host that was ordered has been met. */
export async function mailFaultsMet(lab: LabAddress): Promise<Readonly<Record<string, number>>> {
  const { met } = await messages(lab);
  return Object.fromEntries(Object.entries(met).map(([fault, times]) => [fault, Number(times)]));
}

/** Makes the mail hosts of the lab do something wrong from now on; undefined ends it. @throws where it is not taken. */
export async function orderMailFault(lab: LabAddress, fault: string | undefined): Promise<void> {
  const body = { fault: fault ?? null };
  const { status, text } = await ask(lab, `${lab.control}/mail`, { method: 'POST', body });
  if (status !== 200) throw new Error(`the helper does not take the fault (status ${status}): ${text.slice(0, 200)}`);
}

/**
 * Lets a scrape target that the helper plays die, or live again.
 * @param address `host:port` as Prometheus scrapes it in the lab
 * @returns false where the helper plays no such target
 */
export async function setTargetDead(lab: LabAddress, address: string, dead: boolean): Promise<boolean> {
  const { status, text } = await ask(lab, `${lab.control}/targets`, { method: 'POST', body: { address, dead } });
  if (status !== 200 && status !== 404)
    throw new Error(`the helper does not take the order (status ${status}): ${text.slice(0, 200)}`);
  return status === 200;
}

async function messages(lab: LabAddress): Promise<{ webhooks: unknown[]; mails: unknown[]; met: object }> {
  const { status, json, text } = await ask(lab, `${lab.control}/messages`);
  const [webhooks, mails, met] = [at(json, 'webhooks'), at(json, 'mails'), at(json, 'faultsMet')];
  // No list is not an empty one: "nothing else arrives" must not follow from it.
  if (!Array.isArray(webhooks) || !Array.isArray(mails))
    throw new Error(`the helper does not say what arrived (status ${status}): ${text.slice(0, 200)}`);
  return { webhooks, mails, met: typeof met === 'object' && met !== null ? met : {} };
}

function webhookArrival(hook: unknown): Arrival {
  const body = at(hook, 'body');
  const answered = at(hook, 'answered');
  const refused = typeof answered === 'number' && (answered < 200 || answered > 299) ? { refused: answered } : {};
  return {
    receiver: String(at(hook, 'receiver')),
    kind: String(at(hook, 'kind')),
    index: Number(at(hook, 'index')),
    alerts: alertsOfWebhook(body) ?? alertsIn(typeof body === 'string' ? body : JSON.stringify(body ?? '')),
    literals: [...literalsIn(body, 'body'), ...unexpandedHeaders(at(hook, 'headers'))],
    ...refused,
  };
}

function mailArrival(mail: unknown): Arrival {
  const [receiver = '', , index = '0'] = splitLast(String(at(mail, 'receiver')));
  const user = String(at(mail, 'user') ?? '');
  const password = at(mail, 'passwordUnexpanded') === true ? [{ where: 'password', text: 'a variable' }] : [];
  return {
    receiver,
    kind: 'email',
    index: Number(index),
    alerts: alertsIn(list(at(mail, 'alerts')).map(String).join(' ')),
    literals: [
      ...['from', 'to', 'subject', 'headers', 'text', 'user'].flatMap((part) => literalsIn(at(mail, part), part)),
      ...password,
    ],
    mail: { secured: at(mail, 'secured') === true, user },
  };
}

/** A webhook's message has every alert whole (https://prometheus.io/docs/alerting/0.26/configuration/#webhook_config). */
function alertsOfWebhook(body: unknown): ArrivedAlert[] | undefined {
  const alerts = at(body, 'alerts');
  if (!Array.isArray(alerts)) return undefined;
  return alerts.map((alert) => ({
    id: String(at(alert, 'labels', 'stackproof_case') ?? at(alert, 'fingerprint')),
    state: at(alert, 'status') === 'resolved' ? 'resolved' : 'firing',
  }));
}

/** The alerts that a message of any other kind was made to name, wherever in it they stand, as `ID.STATE`. */
function alertsIn(text: string): ArrivedAlert[] {
  const found = new Map<string, ArrivedAlert>();
  for (const [whole, id = '', state] of text.matchAll(/(case-\d+-[0-9a-f]{8}|\b[0-9a-f]{16})\.(firing|resolved)\b/g))
    found.set(whole, { id, state: state === 'resolved' ? 'resolved' : 'firing' });
  return [...found.values()];
}

/** `NAME/email/0`: a receiver's name may itself hold slashes. */
function splitLast(text: string): string[] {
  const match = /^(.*)\/([^/]+)\/(\d+)$/s.exec(text);
  return match === null ? [text] : match.slice(1);
}
