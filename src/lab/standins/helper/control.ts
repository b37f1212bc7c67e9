import { createServer, type IncomingMessage, type Server } from 'node:http';
import { bodyText, jsonOrText } from './body.ts';
import { isMailFault } from './mail-faults.ts';
import { forget, type Memory } from './record.ts';

/**
 * The control interface: GET /health, GET /messages, POST /reset, POST /metrics `{ target, text, append? }`, which
 * sets what a played target serves (`text: null` restores it; `target` is the address in the lab or the real one), and
 * POST /mail `{ fault }`, which makes the mail hosts do something wrong (`null` ends it).
 */
export function createControl(memory: Memory): Server {
  return createServer((incoming, outgoing) => {
    reply(memory, incoming).then(
      ([status, value]) =>
        outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value)),
      (problem: unknown) => outgoing.writeHead(500).end(String(problem)),
    );
  });
}

async function reply(memory: Memory, incoming: IncomingMessage): Promise<[number, unknown]> {
  const asked = `${incoming.method} ${incoming.url?.split('?')[0]}`;
  if (asked === 'GET /health') return [200, { status: 'ok' }];
  if (asked === 'GET /messages') {
    const { webhooks, mails, scrapes, faultsMet } = memory;
    return [200, { webhooks, mails, scrapes: Object.fromEntries(scrapes), faultsMet: Object.fromEntries(faultsMet) }];
  }
  if (asked === 'POST /reset') {
    forget(memory);
    return [200, { status: 'ok' }];
  }
  if (asked === 'POST /mail') return setMailFault(memory, jsonOrText(await bodyText(incoming)));
  if (asked === 'POST /metrics') return setMetrics(memory, jsonOrText(await bodyText(incoming)));
  return [404, { error: `no "${asked}" here` }];
}

function setMetrics(memory: Memory, order: unknown): [number, unknown] {
  if (typeof order !== 'object' || order === null) return [400, { error: 'a JSON object is expected' }];
  const name: unknown = Reflect.get(order, 'target');
  const text: unknown = Reflect.get(order, 'text');
  const target = memory.config.targets.find((one) => one.address === name || one.original === name);
  if (target === undefined) return [404, { error: `no target "${String(name)}"` }];
  if (typeof text === 'string')
    memory.metrics.set(target.address, { text, append: Reflect.get(order, 'append') === true });
  else memory.metrics.delete(target.address);
  return [200, { target: target.address }];
}

function setMailFault(memory: Memory, order: unknown): [number, unknown] {
  const fault: unknown = typeof order === 'object' && order !== null ? Reflect.get(order, 'fault') : undefined;
  if (fault !== null && !isMailFault(fault)) return [400, { error: `no fault "${String(fault)}"` }];
  memory.mailFault = fault ?? undefined;
  return [200, { fault }];
}
