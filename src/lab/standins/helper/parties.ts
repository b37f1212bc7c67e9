import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Answer, answerOf, answerOfOther } from './answers.ts';
import { bodyText, jsonOrText } from './body.ts';
import type { PlayedTarget } from './config.ts';
import { passOn } from './forward.ts';
import { hideBody, hideHeaders } from './hidden.ts';
import type { Memory } from './record.ts';

const receiverPath = /^\/receiver\/([^/?]+)\/([^/?]+)\/(\d+)(.*)$/s;

/** Plays the outside parties that speak HTTP; which one is meant is told by the Host header. */
export function createParties(memory: Memory): Server {
  return createServer((incoming, outgoing) => {
    if (incoming.method === 'GET' && memory.dead.has(incoming.headers.host ?? '')) {
      incoming.socket.destroy();
      return;
    }
    answer(memory, incoming).then(
      ({ status, type, body }) => {
        outgoing.writeHead(status, status === 204 ? {} : { 'content-type': type });
        outgoing.end(body);
      },
      (problem: unknown) => fail(outgoing, problem),
    );
  });
}

async function answer(memory: Memory, incoming: IncomingMessage): Promise<Answer> {
  const host = incoming.headers.host ?? '';
  const url = incoming.url ?? '/';
  const path = url.split('?')[0] ?? '/';
  const target = memory.config.targets.find((one) => one.address === host && one.path === path);
  if (target !== undefined && incoming.method === 'GET') return await scrape(memory, target);
  if (memory.config.addresses[host] === undefined)
    return { status: 404, type: 'text/plain', body: `"${host}" is nobody here\n` };
  const isTarget = memory.config.targets.some((one) => one.address === host);
  const match = receiverPath.exec(url);
  if (match === null && isTarget && incoming.method === 'GET')
    return { status: 404, type: 'text/plain', body: 'no such page\n' };
  const [, receiver = '', kind = 'other', index = '0', rest = ''] = match ?? [];
  const body = await bodyText(incoming);
  const own = `/receiver/${receiver}/${kind}/${index}`;
  const forward = match === null ? undefined : memory.config.forwards[own];
  const passed =
    forward === undefined
      ? undefined
      : await passOn(rest === '' ? forward : `${forward.replace(/\/$/, '')}${rest}`, incoming, body);
  memory.webhooks.push({
    at: new Date().toISOString(),
    receiver: decoded(receiver),
    kind,
    index: Number(index),
    method: incoming.method ?? '',
    host,
    path: match === null ? path : `${own}${rest === '' ? '' : '/…'}`,
    headers: hideHeaders(incoming.headers),
    body: hideBody(jsonOrText(body)),
    ...(passed === undefined ? {} : { answered: passed.status }),
  });
  return passed ?? (match === null ? answerOfOther(path) : answerOf(kind, rest));
}

async function scrape(memory: Memory, target: PlayedTarget): Promise<Answer> {
  memory.scrapes.set(target.address, (memory.scrapes.get(target.address) ?? 0) + 1);
  const type = 'text/plain; version=0.0.4; charset=utf-8';
  const body = target.relay === undefined ? (target.metrics ?? '') : await relayed(target.relay);
  if (body === undefined) return { status: 502, type: 'text/plain', body: `${target.relay} does not answer\n` };
  return { status: 200, type, body };
}

async function relayed(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      headers: { accept: 'text/plain;version=0.0.4' },
      signal: AbortSignal.timeout(1900),
    });
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function fail(outgoing: ServerResponse, problem: unknown): void {
  if (!outgoing.headersSent) outgoing.writeHead(500);
  outgoing.end(`${problem instanceof Error ? problem.message : String(problem)}\n`);
}
