import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { HelperConfig } from './config.ts';

/** A forward proxy into the lab's networks: CONNECT and absolute-form requests, to the lab's own names only. */
export function createProxy(config: HelperConfig): Server {
  const server = createServer((incoming, outgoing) => forward(config, incoming, outgoing));
  server.on('connect', (incoming: IncomingMessage, socket: Duplex, head: Buffer) =>
    tunnel(config, incoming, socket, head),
  );
  return server;
}

function tunnel(config: HelperConfig, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
  const [, host = '', port = ''] = /^\[?([^\]]*?)\]?:(\d+)$/.exec(incoming.url ?? '') ?? [];
  socket.on('error', () => socket.destroy());
  if (!config.reachable.includes(host)) {
    socket.end(`HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n${refusal(host)}`);
    return;
  }
  const upstream = connect({ host: dialled(config, host), port: Number(port) });
  let open = false;
  upstream.once('connect', () => {
    open = true;
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on('error', (problem) => {
    if (!open)
      socket.end(
        `HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n${problem.message}\n`,
      );
    else socket.destroy();
  });
  socket.on('close', () => upstream.destroy());
}

function forward(config: HelperConfig, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const target = URL.canParse(incoming.url ?? '') ? new URL(incoming.url ?? '') : undefined;
  if (target === undefined || target.protocol !== 'http:') {
    outgoing.writeHead(400).end('this is a forward proxy: ask with an absolute http address\n');
    return;
  }
  if (!config.reachable.includes(target.hostname)) {
    outgoing.writeHead(403).end(refusal(target.hostname));
    return;
  }
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).filter(
      ([name]) => !['proxy-connection', 'proxy-authorization', 'connection', 'host'].includes(name),
    ),
  );
  const onward = request(
    {
      host: dialled(config, target.hostname),
      port: target.port === '' ? 80 : Number(target.port),
      method: incoming.method,
      path: `${target.pathname}${target.search}`,
      headers: { ...headers, host: target.host },
    },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  onward.on('error', (problem) => {
    if (!outgoing.headersSent) outgoing.writeHead(502);
    outgoing.end(`${problem.message}\n`);
  });
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
}

/** The helper reaches itself without asking a name server. */
function dialled(config: HelperConfig, host: string): string {
  return host === config.name ? '127.0.0.1' : host;
}

function refusal(host: string): string {
  return `"${host}" is no name of this lab\n`;
}
