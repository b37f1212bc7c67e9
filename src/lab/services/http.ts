import { ProxyAgent, request } from 'undici';
import type { LabAddress } from '../../model/lab.ts';
import { messageOf } from '../../model/message.ts';

/** An answer from inside the lab. `json` is undefined where the body is not JSON. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
}

/** A request into the lab: an object body is sent as JSON. */
export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly user?: { readonly name: string; readonly password: string };
  readonly headers?: Readonly<Record<string, string>>;
}

const agents = new Map<string, ProxyAgent>();

/** Asks a service of the lab through the helper's proxy. @throws Error naming the address where nothing answers. */
export async function ask(lab: LabAddress, url: string, question: Question = {}): Promise<Answer> {
  const headers: Record<string, string> = { ...question.headers };
  if (question.body !== undefined) headers['content-type'] = 'application/json';
  if (question.form !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
  if (question.user !== undefined) {
    headers['authorization'] =
      `Basic ${Buffer.from(`${question.user.name}:${question.user.password}`).toString('base64')}`;
  }
  const body = question.form
    ? new URLSearchParams(question.form).toString()
    : question.body === undefined
      ? null
      : JSON.stringify(question.body);
  try {
    const response = await request(url, {
      method: question.method ?? 'GET',
      headers,
      body,
      dispatcher: agentFor(lab.proxy),
      headersTimeout: 20_000,
      bodyTimeout: 20_000,
    });
    const text = await response.body.text();
    return { status: response.statusCode, text, json: parsed(text) };
  } catch (problem) {
    throw new Error(`${url} does not answer: ${messageOf(problem)}`);
  }
}

/**
 * Gives up every connection into the lab: one to a service that was cut off or frozen meanwhile hangs until it times
 * out, where a new one is refused or taken at once.
 */
export async function forgetConnections(lab: LabAddress): Promise<void> {
  const agent = agents.get(lab.proxy);
  agents.delete(lab.proxy);
  await agent?.destroy();
}

/**
 * Why a web server does not let us ask: Prometheus, Alertmanager and exporters want a password or TLS where
 * `--web.config.file` says so (https://prometheus.io/docs/prometheus/latest/configuration/https/). Undefined where it
 * does, or does not answer yet.
 */
export async function doorShut(lab: LabAddress, base: string, service: string): Promise<string | undefined> {
  const { status, text } = await ask(lab, `${base}/-/ready`);
  if (status === 401 || status === 403) return `service "${service}" wants a password the lab does not have`;
  return status === 400 && text.includes('HTTPS server') ? `service "${service}" is spoken to by TLS alone` : undefined;
}

/** A member of an unknown JSON value, by keys and indices; undefined where the path leads nowhere. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let now = value;
  for (const step of path) {
    if (typeof now !== 'object' || now === null) return undefined;
    now = Reflect.get(now, step);
  }
  return now;
}

/** The value as a list; anything else is an empty list. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A mapping of texts, as the services give labels; anything else is an empty one. */
export function texts(value: unknown): Record<string, string> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([name, text]) => [name, String(text)]));
}

function agentFor(proxy: string): ProxyAgent {
  const known = agents.get(proxy);
  if (known !== undefined) return known;
  const agent = new ProxyAgent({ uri: proxy, proxyTunnel: true });
  agents.set(proxy, agent);
  return agent;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
