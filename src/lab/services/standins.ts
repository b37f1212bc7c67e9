import type { LabAddress } from '../../model/lab.ts';
import { ask, at, list } from './http.ts';

/** A message that reached the stand-in of a receiver. `cases` are the alerts in it, by their `stackproof_case` label. */
export interface Arrival {
  readonly receiver: string;
  readonly kind: string;
  readonly index: number;
  readonly cases: readonly string[];
  /** The status with which a destination inside the stack refused it. */
  readonly refused?: number;
}

/** Everything that has arrived so far, webhooks and mails. */
export async function arrivals(lab: LabAddress): Promise<Arrival[]> {
  const { status, json, text } = await ask(lab, `${lab.control}/messages`);
  // No list is not an empty one: "nothing else arrives" must not follow from it.
  if (!Array.isArray(at(json, 'webhooks')) || !Array.isArray(at(json, 'mails')))
    throw new Error(`the helper does not say what arrived (status ${status}): ${text.slice(0, 200)}`);
  const webhooks = list(at(json, 'webhooks')).map((hook) => ({
    receiver: String(at(hook, 'receiver')),
    kind: String(at(hook, 'kind')),
    index: Number(at(hook, 'index')),
    cases: casesIn(at(hook, 'body')),
    ...refusal(at(hook, 'answered')),
  }));
  const mails = list(at(json, 'mails')).map((mail) => {
    const [receiver = '', , index = '0'] = splitLast(String(at(mail, 'receiver')));
    return { receiver, kind: 'email', index: Number(index), cases: list(at(mail, 'cases')).map(String) };
  });
  return [...webhooks, ...mails];
}

function refusal(answered: unknown): { refused?: number } {
  return typeof answered === 'number' && (answered < 200 || answered > 299) ? { refused: answered } : {};
}

/** The cases a webhook's body speaks of, wherever in it they stand. */
function casesIn(body: unknown): string[] {
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
  return [...new Set(text.match(/case-\d+-[0-9a-f]{8}/g) ?? [])];
}

/** `NAME/email/0`: a receiver's name may itself hold slashes. */
function splitLast(text: string): string[] {
  const match = /^(.*)\/([^/]+)\/(\d+)$/s.exec(text);
  return match === null ? [text] : match.slice(1);
}
