import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect, createServer as createTcp } from 'node:net';
import { fetch, ProxyAgent } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import type { HelperConfig } from './helper/config.ts';
import { type RunningHelper, startHelper } from './helper/start.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

describe('the proxy', () => {
  test.each([true, false])('reaches the control interface by its name in the lab (tunnel: %s)', async (proxyTunnel) => {
    const { config } = await helper();
    const answer = await fetch(`http://stackproof-helper:${config.controlPort}/health`, via(config, proxyTunnel));
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
  });

  test('refuses a name that is not of the lab, forwarded or tunnelled', async () => {
    const { config } = await helper();
    const forwarded = await fetch('http://example.org/', via(config, false));
    expect(forwarded.status).toBe(403);
    const socket = connect(config.proxyPort, '127.0.0.1');
    socket.write('CONNECT example.org:80 HTTP/1.1\r\nhost: example.org:80\r\n\r\n');
    const [answer]: unknown[] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 403 /);
    socket.destroy();
  });

  test('says so where a name of the lab does not answer', async () => {
    const { config } = await helper({ reachable: ['localhost'] });
    const port = await freePort();
    const answer = await fetch(`http://localhost:${port}/`, via(config, false));
    expect(answer.status).toBe(502);
  });
});

describe('the receivers', () => {
  test('take a message, keep it without its secrets, and answer as the service would', async () => {
    const { config } = await helper();
    const port = config.httpPorts[0] ?? 0;
    const headers = {
      host: 'outside-hooks:10443',
      authorization: 'Bearer ${API_KEY}',
      'content-type': 'application/json',
    };
    const slack = await ask(
      port,
      'POST',
      '/receiver/ops%20%2F%20db/slack/2',
      headers,
      '{"token":"s3cret","text":"case-1"}',
    );
    const pager = await ask(port, 'POST', '/receiver/ops/pagerduty/0', headers, '{}');
    const bot = await ask(port, 'POST', '/receiver/ops/telegram/0/bot123:abc/sendMessage', headers, '{}');
    expect([slack.status, slack.text, pager.status, bot.status]).toEqual([200, 'ok', 202, 200]);
    const { webhooks } = await messages(config);
    expect(webhooks[0]).toMatchObject({
      receiver: 'ops / db',
      kind: 'slack',
      index: 2,
      headers: { authorization: 'Bearer (unexpanded variable)' },
      body: { token: '(hidden)', text: 'case-1' },
    });
    expect(webhooks[2]).toMatchObject({ path: '/receiver/ops/telegram/0/…' });
    expect(JSON.stringify(webhooks)).not.toMatch(/s3cret|bot123/);
  });

  test('pass a message on to a destination inside the stack, and answer as that does', async () => {
    const got: unknown[] = [];
    const inside = createServer((incoming, outgoing) => {
      got.push([incoming.method, incoming.url, incoming.headers.authorization, incoming.headers['content-type']]);
      if (incoming.url === '/moved') outgoing.writeHead(302, { location: '/there' }).end();
      else outgoing.writeHead(incoming.url === '/nowhere' ? 404 : 202).end('done');
    }).listen(0, '127.0.0.1');
    await once(inside, 'listening');
    stops.push(async () => inside.close());
    const bound = inside.address();
    const base = `127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`;
    const { config } = await helper({
      forwards: {
        '/receiver/a/webhook/0': `http://me:pass%20word@${base}/hook`,
        '/receiver/a/webhook/1': `http://${base}/nowhere`,
        '/receiver/a/webhook/2': `http://${base}/moved`,
        '/receiver/a/webhook/3': `http://127.0.0.1:${await freePort()}/`,
      },
    });
    const headers = { host: 'outside-hooks:10443', 'content-type': 'application/json' };
    const statuses: number[] = [];
    for (const index of [0, 1, 2, 3]) {
      const path = `/receiver/a/webhook/${index}`;
      statuses.push((await ask(config.httpPorts[0] ?? 0, 'POST', path, headers, '{"x":"case-1"}')).status ?? 0);
    }
    expect(statuses).toEqual([202, 404, 202, 502]);
    expect(got[0]).toEqual(['POST', '/hook', `Basic ${btoa('me:pass word')}`, 'application/json']);
    const { webhooks } = await messages(config);
    expect(webhooks.map((hook) => Reflect.get(Object(hook), 'answered'))).toEqual([202, 404, 202, 502]);
  });

  test('are nobody under a name that stands for nothing', async () => {
    const { config } = await helper();
    const answer = await ask(config.httpPorts[0] ?? 0, 'GET', '/metrics', { host: 'elsewhere:9100' });
    expect(answer.status).toBe(404);
  });
});

describe('the scrape targets', () => {
  test('relay the metrics of a container of the stack', async () => {
    const exporter = createServer((_incoming, outgoing) => outgoing.end('node_load1 0.5\n'));
    const port = await listening(exporter);
    const target = { address: 'outside-a:9100', original: '10.0.0.1:9100', job: 'node', path: '/metrics' };
    const { config } = await helper({ targets: [{ ...target, relay: `http://127.0.0.1:${port}/metrics` }] });
    const answer = await ask(config.httpPorts[0] ?? 0, 'GET', '/metrics', { host: 'outside-a:9100' });
    expect(answer).toEqual({ status: 200, text: 'node_load1 0.5\n' });
  });

  test('die and live again as they are told to', async () => {
    const target = {
      address: 'outside-a:9101',
      original: '10.0.0.1:9101',
      job: 'x',
      path: '/metrics',
      metrics: 'x 0\n',
    };
    const { config } = await helper({ targets: [target] });
    const scrape = async (): Promise<string> =>
      (await ask(config.httpPorts[0] ?? 0, 'GET', '/metrics', { host: 'outside-a:9101' })).text;
    const tell = (order: unknown) => ask(config.controlPort, 'POST', '/targets', {}, JSON.stringify(order));
    expect(await scrape()).toBe('x 0\n');
    await tell({ address: 'outside-a:9101', dead: true });
    await expect(scrape()).rejects.toThrow('socket hang up');
    await tell({ address: 'outside-a:9101', dead: false });
    expect(await scrape()).toBe('x 0\n');
    await tell({ address: 'outside-a:9101', dead: true });
    await ask(config.controlPort, 'POST', '/reset', {});
    expect(await scrape()).toBe('x 0\n');
    expect((await messages(config)).scrapes).toEqual({ 'outside-a:9101': 1 });
    expect((await tell({ address: 'nobody', dead: true })).status).toBe(404);
  });

  test('fail the scrape where the container they relay does not answer', async () => {
    const port = await freePort();
    const target = { address: 'outside-a:9100', original: '10.0.0.1:9100', job: 'node', path: '/metrics' };
    const { config } = await helper({ targets: [{ ...target, relay: `http://127.0.0.1:${port}/metrics` }] });
    expect((await ask(config.httpPorts[0] ?? 0, 'GET', '/metrics', { host: 'outside-a:9100' })).status).toBe(502);
  });
});

async function helper(change: Partial<HelperConfig> = {}): Promise<RunningHelper & { config: HelperConfig }> {
  const [proxyPort, controlPort, http] = [await freePort(), await freePort(), await freePort()];
  const config: HelperConfig = {
    name: 'stackproof-helper',
    proxyPort,
    controlPort,
    reachable: ['stackproof-helper'],
    httpPorts: [http],
    smtpPorts: [],
    addresses: { 'outside-hooks:10443': 'hooks.example.org:443' },
    forwards: {},
    targets: [],
    ...change,
  };
  const running = await startHelper(config, '127.0.0.1');
  stops.push(running.stop);
  return { ...running, config };
}

function via(config: HelperConfig, proxyTunnel: boolean): { dispatcher: ProxyAgent } {
  const dispatcher = new ProxyAgent({ uri: `http://127.0.0.1:${config.proxyPort}`, proxyTunnel });
  stops.push(() => dispatcher.destroy());
  return { dispatcher };
}

async function messages(config: HelperConfig): Promise<{ webhooks: unknown[]; scrapes: unknown }> {
  return JSON.parse((await ask(config.controlPort, 'GET', '/messages', {})).text);
}

async function ask(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

async function listening(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function freePort(): Promise<number> {
  const server = createTcp();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
