import type { IncomingMessage } from 'node:http';
import type { Answer } from './answers.ts';

/** Headers that belong to one connection, or that the next request gets anew. */
const ownHeaders = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'accept-encoding',
]);

/** Sends a message on as it came, redirects followed as Alertmanager follows them, and gives the destination's answer. */
export async function passOn(to: string, incoming: IncomingMessage, body: string): Promise<Answer> {
  const url = new URL(to);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (!ownHeaders.has(name) && value !== undefined) headers.set(name, String(value));
  }
  // `fetch` takes no user in an address; a client sends it as a header.
  if (url.username !== '' || url.password !== '') {
    const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers.set('authorization', `Basic ${Buffer.from(user).toString('base64')}`);
    url.username = '';
    url.password = '';
  }
  const method = incoming.method ?? 'POST';
  try {
    const signal = AbortSignal.timeout(10_000);
    const bodied = method === 'GET' || method === 'HEAD' ? {} : { body };
    const answer = await fetch(url, { method, headers, signal, ...bodied });
    const type = answer.headers.get('content-type') ?? 'text/plain';
    return { status: answer.status, type, body: await answer.text() };
  } catch (problem) {
    const words = problem instanceof Error ? problem.message : String(problem);
    return { status: 502, type: 'text/plain', body: `${url.host} does not answer: ${words}\n` };
  }
}
