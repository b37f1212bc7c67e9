import { createServer, type IncomingMessage, type Server } from 'node:http';
import { bodyText, jsonOrText } from './body.ts';
import { isMailFault } from './mail-faults.ts';
import { forget, type Memory } from './record.ts';

/**
 * The control interface: GET /health, GET /messages, POST /reset, POST /targets `{ address, dead }`, which
 * lets the played targets of an address die or live again, and POST /mail `{ fault }`, which makes the mail hosts do something wrong (`null` ends it).
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
  if (asked === 'POST /targets') return setDead(memory, jsonOrText(await bodyText(incoming)));
  return [404, { error: `no "${asked}" here` }];
}

function setDead(memory: Memory, order: unknown): [number, unknown] {
  const address: unknown = typeof order === 'object' && order !== null ? Reflect.get(order, 'address') : undefined;
  const target = memory.config.targets.find((one) => one.address === address);
  if (target === undefined) return [404, { error: `no target "${String(address)}"` }];
  const dead = Reflect.get(Object(order), 'dead') === true;
  if (dead) memory.dead.add(target.address);
  else memory.dead.delete(target.address);
  return [200, { address, dead }];
}

function setMailFault(memory: Memory, order: unknown): [number, unknown] {
  const fault: unknown = typeof order === 'object' && order !== null ? Reflect.get(order, 'fault') : undefined;
  if (fault !== null && !isMailFault(fault)) return [400, { error: `no fault "${String(fault)}"` }];
  memory.mailFault = fault ?? undefined;
  return [200, { fault }];
}
