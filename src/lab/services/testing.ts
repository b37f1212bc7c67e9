import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { LabAddress } from '../../model/lab.ts';

/** What a played service answers to one path, one answer after another; the last one stays. */
export type Script = Readonly<Record<string, readonly (readonly [status: number, body: unknown])[]>>;

/** A lab in which every name leads to one played service. */
export async function playedLab(script: Script): Promise<{ lab: LabAddress; stop: () => Promise<void> }> {
  const asked = new Map<string, number>();
  const service = createServer((incoming, outgoing) => {
    const path = (incoming.url ?? '').split('?')[0] ?? '';
    const turn = asked.get(path) ?? 0;
    asked.set(path, turn + 1);
    const answers = script[path] ?? [];
    const [status, body] = answers[Math.min(turn, answers.length - 1)] ?? [404, 'no such page'];
    outgoing.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const target = await listening(service);
  const proxy = createServer();
  proxy.on('connect', (_, socket) => {
    const upstream = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) end.on('error', () => undefined);
    socket.on('close', () => upstream.destroy());
  });
  const port = await listening(proxy);
  const helper = { name: 'helper', container: 'h', host: 'helper' };
  const lab = {
    project: 'played',
    proxy: `http://127.0.0.1:${port}`,
    control: 'http://helper:8081',
    helper,
    services: { played: { name: 'played', container: 'p', host: 'played' } },
    mounted: [],
    logFolders: [],
    missing: [],
    leftOut: [],
    unseen: [],
    standIns: [],
    differences: [],
    images: [],
    folder: '/nowhere',
    composeFile: 'compose.yaml',
  };
  const stop = async (): Promise<void> => {
    for (const server of [service, proxy]) server.closeAllConnections();
    await Promise.all([service, proxy].map((server) => new Promise((done) => server.close(done))));
  };
  return { lab, stop };
}

function listening(server: Server): Promise<number> {
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address: AddressInfo | string | null = server.address();
      done(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
