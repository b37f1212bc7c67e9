import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findEngine, type Verdict } from '../src/index.ts';
import { helperImage } from '../src/lab/helper.ts';
import { resolveImages } from '../src/lab/images.ts';
import { obstacle, type SecondEngine, startSecondEngine } from './second-engine.ts';

const engine = await findEngine();
const why = 'missing' in engine ? engine.missing : obstacle();
const cli = resolve(import.meta.dirname, '../src/cli.ts');
const images = {
  alertmanager: 'prom/alertmanager:v0.26.0',
  prometheus: 'prom/prometheus:v2.47.0',
  'node-exporter': 'prom/node-exporter:v1.6.1',
};
// This machine under a name that is none of its usual ones: it is taken for another, and nothing leaves.
const address = '0.0.0.0';
let host = '';
const folder = mkdtempSync(join(tmpdir(), 'stackproof-remote-'));

/** A port that leads to the engine's socket. */
async function listenFor(second: SecondEngine): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (inner) => {
    const outer = connect(second.host.replace('unix://', ''));
    inner.pipe(outer).pipe(inner);
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const)
      one.on('error', () => other.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const bound = server.address();
  host = `tcp://${address}:${bound !== null && typeof bound === 'object' ? bound.port : 0}`;
  return server;
}

/** The verdicts of one suite that `verify` runs on a stack in a folder; `before` goes before the program. */
async function verdictsOf(
  suite: string,
  repo: string,
  more: readonly string[],
  at: string,
  before: readonly string[] = [],
): Promise<Verdict[]> {
  const [program = '', ...args] = [
    ...before,
    process.execPath,
    cli,
    'verify',
    '--repo',
    repo,
    '--suite',
    suite,
    ...more,
    '--reports',
    join(repo, 'reports'),
  ];
  const child = spawn(program, args, {
    cwd: repo,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DOCKER_HOST: at },
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  await new Promise((done) => child.on('close', done));
  expect(existsSync(join(repo, 'reports/verdicts.json')), stderr).toBe(true);
  const verdicts: Verdict[] = JSON.parse(readFileSync(join(repo, 'reports/verdicts.json'), 'utf8'));
  return verdicts.filter((verdict) => verdict.suite === suite);
}

let second: SecondEngine | undefined;

beforeEach(({ skip }) => {
  if (why !== undefined) skip(why);
});

beforeAll(async () => {
  if (why !== undefined || 'missing' in engine) return;
  const wanted = { helper: helperImage, ...images };
  const { used } = await resolveImages(engine.docker, wanted, { pull: true, substitutes: 'allow' });
  second = await startSecondEngine(used.map(({ image }) => image));
});

afterAll(async () => {
  await second?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('an engine on another machine', () => {
  let port: Server | undefined;

  beforeAll(async () => {
    if (second === undefined) return;
    port = await listenFor(second);
    writeFileSync(
      join(folder, 'compose.yaml'),
      `services:
  alertmanager:
    image: ${images.alertmanager}
    volumes: ["./alertmanager.yml:/etc/alertmanager/alertmanager.yml:ro"]
`,
    );
    writeFileSync(join(folder, 'alertmanager.yml'), 'route: { receiver: ops }\nreceivers: [{ name: ops }]\n');
  });

  afterAll(() => {
    port?.close();
  });

  it('boots the copy, is asked through its own connection, and keeps nothing', async () => {
    const boot = await verdictsOf('boot', folder, [], host);
    expect(boot.map(({ outcome, cause }) => cause ?? outcome)).toEqual(boot.map(() => 'pass'));
    expect(boot.length).toBeGreaterThan(2);
    const left = execFileSync('docker', ['--host', second?.host ?? '', 'ps', '--all', '--quiet'], { encoding: 'utf8' });
    expect(left.trim()).toBe('');
    const there = readdirSync(`/proc/${second?.pid}/root${tmpdir()}`);
    expect(there.filter((name) => name.startsWith('stackproof-lab'))).toEqual([]);
  });
});

describe('an engine that the run owns', () => {
  /** The stack of the file, and what ends a second start of Alertmanager. */
  const compose = `services:
  prometheus:
    image: ${images.prometheus}
    restart: unless-stopped
    volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml:ro"]
  node-exporter:
    image: ${images['node-exporter']}
  alertmanager:
    image: ${images.alertmanager}
    restart: always
    entrypoint: [sh, -c, 'mkdir /alertmanager/once && exec alertmanager --config.file=/etc/alertmanager/alertmanager.yml']
    volumes: ["./alertmanager.yml:/etc/alertmanager/alertmanager.yml:ro"]
`;
  let repo = '';
  // Its network, so that its 127.0.0.1 is ours, and temporary files where it sees them.
  const restarted = (engine: SecondEngine): Promise<Verdict[]> =>
    verdictsOf('engine-restart', repo, ['--restart-engine', engine.restart], engine.host, [
      ...['nsenter', '--target', String(engine.pid), '--net', '--', 'env', `TMPDIR=${engine.folder}`],
    ]);

  beforeAll(() => {
    if (second === undefined) return;
    repo = join(second.folder, 'stack');
    mkdirSync(repo);
    writeFileSync(join(repo, 'compose.yaml'), compose);
    writeFileSync(join(repo, 'alertmanager.yml'), 'route: { receiver: ops }\nreceivers: [{ name: ops }]\n');
    writeFileSync(
      join(repo, 'prometheus.yml'),
      `global: { scrape_interval: 2s }
scrape_configs:
  - job_name: node
    static_configs: [{ targets: ['node-exporter:9100'] }]
  - job_name: alertmanager
    static_configs: [{ targets: ['alertmanager:9093'] }]
`,
    );
  });

  it('is restarted, and who does not come back is told', async () => {
    if (second === undefined) throw new Error('there is no engine');
    const verdicts = new Map((await restarted(second)).map((verdict) => [verdict.subject, verdict]));
    expect(verdicts.get('prometheus')).toMatchObject({ outcome: 'pass', looked: 2 });
    const log = readFileSync(join(repo, 'reports/logs/engine-restart/prometheus.log'), 'utf8');
    expect(log.split('Server is ready to receive web requests').length - 1, log).toBe(2);
    expect(verdicts.get('prometheus')?.note).toContain('restart policy "unless-stopped", answered after');
    expect(verdicts.get('node-exporter')).toMatchObject({ outcome: 'pass' });
    expect(verdicts.get('node-exporter')?.note).toContain('stayed down (restart policy "no"); started by hand');
    expect(verdicts.get('alertmanager')).toMatchObject({ outcome: 'fail' });
    expect(verdicts.get('alertmanager')?.cause).toContain('the engine came back, and it did not');
    const left = execFileSync('docker', ['--host', second.host, 'ps', '--all', '--quiet'], { encoding: 'utf8' });
    expect(left.trim()).toBe('');
  });

  it('is left alone while it runs anything else', async () => {
    if (second === undefined) throw new Error('there is no engine');
    const docker = (...args: string[]): string =>
      execFileSync('docker', ['--host', second?.host ?? '', ...args], { encoding: 'utf8' }).trim();
    const node = docker('images', '--format', '{{.Repository}}:{{.Tag}}')
      .split('\n')
      .find((name) => /node-exporter/.test(name));
    docker('run', '--detach', '--name', 'a-neighbour', node ?? '');
    const [verdict, ...others] = await restarted(second);
    expect(verdict).toMatchObject({ outcome: 'unknown', cause: expect.stringContaining('a-neighbour') });
    expect(others.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown']);
    expect(docker('inspect', '--format', '{{.State.Running}}', 'a-neighbour')).toBe('true');
    docker('rm', '--force', 'a-neighbour');
  });
});
