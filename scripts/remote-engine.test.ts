import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, findEngine, type Verdict } from '../src/index.ts';
import { helperImage } from '../src/lab/helper.ts';
import { resolveImages } from '../src/lab/images.ts';

const engine = await findEngine();
const cli = resolve(import.meta.dirname, '../src/cli.ts');
const home = '/var/lib';
// This machine under a name that is none of its usual ones: it is taken for another, and nothing leaves.
const address = '0.0.0.0';
let host = '';
const folder = mkdtempSync(join(tmpdir(), 'stackproof-remote-'));

/** Why no second engine can be started here; undefined where it can. */
function obstacle(): string | undefined {
  if ('missing' in engine) return engine.missing;
  if (process.getuid?.() !== 0) return 'a second engine needs root';
  return spawnSync('dockerd', ['--version']).status === 0 ? undefined : 'dockerd is not on this machine';
}

/**
 * An engine with files and networks of its own: of our temporary folder and our 127.0.0.1 it has nothing, as one on
 * another machine.
 */
function secondEngine(root: string): ChildProcess {
  const dockerd = [
    `dockerd --host unix://${root}/socket --data-root ${root}/data --exec-root ${root}/exec --pidfile ${root}/pid`,
    '--default-address-pool base=172.28.0.0/16,size=24 --bip 172.27.0.1/24',
  ].join(' ');
  const script = `ip link set lo up && mount -t tmpfs none ${tmpdir()} && exec ${dockerd} >${root}/log 2>&1`;
  return spawn('unshare', ['--mount', '--net', 'sh', '-c', script], { stdio: 'ignore' });
}

/** A port that leads to the engine's socket. */
async function listenFor(root: string): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (inner) => {
    const outer = connect(join(root, 'socket'));
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

describe('an engine on another machine', () => {
  let root = '';
  let daemon: ChildProcess | undefined;
  let port: Server | undefined;

  beforeEach(({ skip }) => {
    const why = obstacle();
    if (why !== undefined) skip(why);
  });

  beforeAll(async () => {
    if (obstacle() !== undefined || 'missing' in engine) return;
    root = mkdtempSync(join(home, 'stackproof-remote-'));
    daemon = secondEngine(root);
    port = await listenFor(root);
    await eventually(
      'the second engine answers',
      async () => {
        const { status } = spawnSync('docker', ['--host', `unix://${root}/socket`, 'version']);
        return status === 0
          ? { done: true, value: true }
          : { done: false, seen: readFileSync(join(root, 'log'), 'utf8') };
      },
      { within: 60_000 },
    );
    const wanted = { helper: helperImage, alertmanager: 'prom/alertmanager:v0.26.0' };
    const { used } = await resolveImages(engine.docker, wanted, { pull: true, substitutes: 'allow' });
    const images = used.map(({ image }) => image).join(' ');
    execFileSync('sh', ['-c', `docker save ${images} | docker --host unix://${root}/socket load`]);
    writeFileSync(
      join(folder, 'compose.yaml'),
      `services:
  alertmanager:
    image: prom/alertmanager:v0.26.0
    volumes: ["./alertmanager.yml:/etc/alertmanager/alertmanager.yml:ro"]
`,
    );
    writeFileSync(join(folder, 'alertmanager.yml'), 'route: { receiver: ops }\nreceivers: [{ name: ops }]\n');
  });

  afterAll(async () => {
    port?.close();
    if (daemon !== undefined) {
      const ended = new Promise((done) => daemon?.on('exit', done));
      daemon.kill('SIGTERM');
      await ended;
    }
    for (const left of [root, folder]) if (left !== '') rmSync(left, { recursive: true, force: true });
  });

  it('boots the copy, is asked through its own connection, and keeps nothing', async () => {
    const child = spawn(process.execPath, [cli, 'verify', '--repo', folder, '--suite', 'boot'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, DOCKER_HOST: host },
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    await new Promise((done) => child.on('close', done));
    expect(existsSync(join(folder, 'reports/verdicts.json')), stderr).toBe(true);
    const verdicts: Verdict[] = JSON.parse(readFileSync(join(folder, 'reports/verdicts.json'), 'utf8'));
    const boot = verdicts.filter(({ suite }) => suite === 'boot');
    expect(boot.map(({ outcome, cause }) => cause ?? outcome)).toEqual(boot.map(() => 'pass'));
    expect(boot.length).toBeGreaterThan(2);
    const left = execFileSync('docker', ['--host', `unix://${root}/socket`, 'ps', '--all', '--quiet'], {
      encoding: 'utf8',
    });
    expect(left.trim()).toBe('');
    const there = readdirSync(`/proc/${readFileSync(join(root, 'pid'), 'utf8').trim()}/root${tmpdir()}`);
    expect(there.filter((name) => name.startsWith('stackproof-lab'))).toEqual([]);
  });
});
