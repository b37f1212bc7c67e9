import { request } from 'undici';
import type { AskedService } from '../model/snapshot.ts';

/** A running service to be asked: only reading, and only at this address. */
export interface Address {
  readonly service: AskedService;
  /** Without a slash at its end, and without credentials. */
  readonly url: string;
  /** The value of the `Authorization` header. Never printed. */
  readonly authorization?: string;
}

/** What a service is called in a message. */
export const serviceNames: Readonly<Record<AskedService, string>> = {
  grafana: 'Grafana',
  prometheus: 'Prometheus',
  alertmanager: 'Alertmanager',
};

/** Seconds until an answer has to begin, and to end. */
const patience = 30;

/**
 * The JSON that a service answers to a GET. A redirect is not followed: nobody gave that address.
 * @throws Error of one sentence with the address and the status, without the answer's text.
 */
export async function askJson({ service, url, authorization }: Address, path: string): Promise<unknown> {
  const where = `${serviceNames[service]} at ${url}${path.replace(/\?.*$/, '')}`;
  let status: number;
  let text: string;
  try {
    const answer = await request(`${url}${path}`, {
      headers: { accept: 'application/json', ...(authorization === undefined ? {} : { authorization }) },
      headersTimeout: patience * 1000,
      bodyTimeout: patience * 1000,
    });
    status = answer.statusCode;
    text = await answer.body.text();
  } catch (problem) {
    const why = problem instanceof Error ? problem.message || problem.name : String(problem);
    throw new Error(`${where} does not answer: ${why}`);
  }
  if (status === 401 || status === 403) throw new Error(`${where} wants other credentials (status ${status})`);
  if (status >= 300 && status < 400) throw new Error(`${where} sends to another address (status ${status})`);
  if (status !== 200) throw new Error(`${where} answers with status ${status}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${where} does not answer with JSON`);
  }
}
