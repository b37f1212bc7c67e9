import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { treeOf } from '../model/tree.ts';
import { unpacked } from '../snapshot/archive.ts';
import { writeTree } from './folder.ts';
import { type SnapshotOptions, snapshot, verifySnapshot } from './snapshot.ts';
import { example } from './subject.ts';

// The shapes of Grafana 10.2, Prometheus 2.47 and Alertmanager 0.26, with what changes from look to look.
const answers: Readonly<Record<string, () => unknown>> = {
  '/api/search': () => [
    { uid: 'u2', title: 'Two' },
    { uid: 'a b', title: 'One' },
  ],
  '/api/dashboards/uid/u2': () => ({ dashboard: { id: 7, uid: 'u2', title: 'Two' }, meta: { folderUid: 'f' } }),
  '/api/dashboards/uid/a%20b': () => ({ dashboard: { id: 3, uid: 'a b', title: 'One' }, meta: { folderUid: '' } }),
  '/api/v1/rules': () => ({
    data: {
      groups: [
        {
          name: 'g',
          file: 'r.yml',
          lastEvaluation: Math.random(),
          rules: [{ name: 'Down', state: 'firing', evaluationTime: Math.random(), alerts: shuffled() }],
        },
      ],
    },
  }),
  '/api/v2/alerts': () => shuffled().map((alert) => ({ ...alert, updatedAt: Math.random() })),
  '/api/v2/silences': () => [{ id: 's', matchers: [], status: { state: 'active' }, updatedAt: Math.random() }],
};
let seen: { path: string; authorization: string | undefined }[] = [];
let status = 200;
let server: Server;
let url: string;

function shuffled(): object[] {
  const alerts = [
    { labels: { a: '1' }, state: 'firing' },
    { labels: { a: '2' }, state: 'pending' },
  ];
  return Math.random() < 0.5 ? alerts : alerts.reverse();
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/, '');
    seen.push({ path, authorization: request.headers.authorization });
    response.writeHead(status, { location: 'http://192.0.2.1/' }).end(JSON.stringify(answers[path]?.() ?? {}));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => server.close(done)));
afterEach(() => {
  vi.unstubAllEnvs();
  seen = [];
  status = 200;
});

const output = mkdtempSync(join(tmpdir(), 'stackproof-snapshots-'));
afterAll(() => rmSync(output, { recursive: true }));
const folder = (): string => mkdtempSync(join(output, 'one-'));
const small = writeTree(
  treeOf({ 'compose.yml': 'services:\n  prometheus:\n    image: prom/prometheus:v2.47.0\n' }),
  'small',
);
afterAll(() => rmSync(small, { recursive: true }));
const whole = { repo: example.repository, plan: example.plan };
const take = (more: Partial<SnapshotOptions> = {}): ReturnType<typeof snapshot> =>
  snapshot({ repo: small, output: folder(), addresses: {}, ...more });
const fileOf = (text: string): string => /^wrote (.*)$/m.exec(text)?.[1] ?? '';
async function pathsOf(file: string): Promise<string[]> {
  return (await unpacked(readFileSync(file))).map(({ path }) => path);
}

describe('snapshot', () => {
  it('keeps what the plan changes and the folder of its stack, and says what it did not ask', async () => {
    const { code, text } = await take(whole);
    expect(code).toBe(0);
    expect(text).toContain('no dashboards as they are served');
    const paths = await pathsOf(fileOf(text));
    expect(paths[0]).toBe('manifest.json');
    expect(paths).toContain('repository/ops/stack/docker-compose.yml');
    expect(paths).toContain('repository/ops/legacy/monitoring/grafana/grafana.ini');
    expect(paths).not.toContain('repository/ops/stack/.env.example');
    expect(statSync(fileOf(text)).mode & 0o777).toBe(0o600);
    expect((await verifySnapshot(fileOf(text))).text).toContain('is whole');
  });

  it('is unpacked by tar to the very files', async () => {
    const { text } = await take(whole);
    const into = folder();
    execFileSync('tar', ['-xzf', resolve(fileOf(text)), '-C', into, '--strip-components=1', 'repository']);
    const path = 'ops/stack/docker-compose.yml';
    expect(readFileSync(join(into, path))).toEqual(readFileSync(join(example.repository, path)));
  });

  it('asks what runs where addresses are given, and is the same while nothing changes', async () => {
    const addresses = { grafana: `${url}/`, prometheus: url, alertmanager: url };
    const first = await take({ addresses });
    const second = await take({ addresses });
    expect(readFileSync(fileOf(second.text))).toEqual(readFileSync(fileOf(first.text)));
    expect(first.text).toContain(`2 dashboards, as Grafana at ${url} serves them`);
    const files = await unpacked(readFileSync(fileOf(first.text)));
    const live = files.filter(({ path }) => !path.startsWith('repository/')).map(({ path }) => path);
    expect(live).toEqual([
      'manifest.json',
      'alerts/alertmanager.json',
      'alerts/prometheus.json',
      'dashboards/f/u2.json',
      'dashboards/general/a%20b.json',
      'dashboards/index.json',
    ]);
    const dashboard = files.find(({ path }) => path === 'dashboards/f/u2.json')?.bytes ?? new Uint8Array();
    expect(JSON.parse(Buffer.from(dashboard).toString())).toEqual({ uid: 'u2', title: 'Two' });
  });

  it('takes credentials from the environment and from files, and writes them nowhere', async () => {
    const secret = join(folder(), 'password');
    writeFileSync(secret, 'hunter2\n');
    vi.stubEnv('STACKPROOF_GRAFANA_USER', 'admin');
    vi.stubEnv('STACKPROOF_GRAFANA_PASSWORD_FILE', secret);
    vi.stubEnv('STACKPROOF_PROMETHEUS_TOKEN', 'tok3n');
    const { text } = await take({ addresses: { grafana: url, prometheus: url } });
    expect(new Set(seen.filter(({ path }) => path.startsWith('/api/v1')).map((one) => one.authorization))).toEqual(
      new Set(['Bearer tok3n']),
    );
    expect(seen[0]?.authorization).toBe(`Basic ${Buffer.from('admin:hunter2').toString('base64')}`);
    const all = (await unpacked(readFileSync(fileOf(text)))).map(({ bytes }) => Buffer.from(bytes).toString()).join();
    for (const one of ['hunter2', 'tok3n', Buffer.from('admin:hunter2').toString('base64')])
      expect(`${text}${all}`).not.toContain(one);
  });

  it.for<[number, string]>([
    [401, 'wants other credentials'],
    [302, 'sends to another address'],
    [500, 'answers with status 500'],
    [200, 'shows no dashboard to this user'],
  ])('writes nothing where Grafana answers %i', async ([code, message], { expect }) => {
    status = code;
    const nobody = code === 200 ? `${url}/nobody` : url;
    const into = folder();
    const made = take({ output: into, addresses: { grafana: nobody } });
    await expect(made).rejects.toMatchObject({ code: 3, message: expect.stringContaining(message) });
    expect(readdirSync(into)).toEqual([]);
  });

  it.for<[string, Partial<SnapshotOptions>, number, string]>([
    ['an address with a password', { addresses: { grafana: 'http://a:hunter2@127.0.0.1' } }, 2, 'user or password'],
    ['no address', { addresses: { prometheus: 'localhost' } }, 2, 'takes an address'],
    ['a file', { addresses: { prometheus: 'file:///etc/passwd' } }, 2, 'http or https'],
    ['a query', { addresses: { alertmanager: 'http://127.0.0.1/?x' } }, 2, 'without "?"'],
    ['nobody there', { addresses: { alertmanager: 'http://127.0.0.1:1' } }, 3, 'does not answer'],
  ])('refuses %s', async ([, options, code, message], { expect }) => {
    await expect(take(options)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
    await expect(take(options)).rejects.not.toMatchObject({ message: expect.stringContaining('hunter2') });
  });

  it('refuses half of the credentials, and a repository with nothing to save', async () => {
    vi.stubEnv('STACKPROOF_GRAFANA_USER', 'admin');
    await expect(take({ addresses: { grafana: url } })).rejects.toMatchObject({ code: 2 });
    const repo = writeTree(treeOf({ 'README.md': 'x\n' }), 'nothing');
    await expect(snapshot({ repo, output: folder(), addresses: {} })).rejects.toMatchObject({ code: 3 });
  });
});

describe('snapshot --verify', () => {
  it('tells a damaged archive from one that is not there', async () => {
    const { text } = await take();
    const file = fileOf(text);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length - 9));
    await expect(verifySnapshot(file)).rejects.toMatchObject({
      code: 1,
      message: expect.stringContaining('is damaged'),
    });
    await expect(verifySnapshot(`${file}x`)).rejects.toMatchObject({ code: 2 });
  });

  it('holds the archive against the manifest beside it, and says where none is', async () => {
    const { text } = await take();
    const file = fileOf(text);
    const beside = file.replace('.tar.gz', '.manifest.json');
    writeFileSync(beside, readFileSync(beside, 'utf8').replace(/"sha256": "./, '"sha256": "'));
    await expect(verifySnapshot(file)).rejects.toMatchObject({ code: 1 });
    rmSync(beside);
    expect((await verifySnapshot(file)).text).toContain('beside it to compare with');
  });
});
