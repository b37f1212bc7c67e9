import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, findEngine, type Verdict } from '../src/index.ts';
import { helperImage } from '../src/lab/helper.ts';
import { resolveImages } from '../src/lab/images.ts';

const engine = await findEngine();
const cli = resolve(import.meta.dirname, '../src/cli.ts');
const home = '/var/lib';
const bridge = spawnSync('ip', ['-4', '-o', 'addr', 'show', 'docker0'], { encoding: 'utf8' }).stdout ?? '';
const address = /inet ([\d.]+)/.exec(bridge)?.[1];
const port = 20_000 + (process.pid % 20_000);
const host = `tcp://${address}:${port}`;
const folder = mkdtempSync(join(tmpdir(), 'stackproof-remote-'));

/** Why no second engine can be started here; undefined where it can. */
function obstacle(): string | undefined {
  if ('missing' in engine) return engine.missing;
  if (process.getuid?.() !== 0) return 'a second engine needs root';
  if (spawnSync('dockerd', ['--version']).status !== 0) return 'dockerd is not on this machine';
  return address === undefined ? 'the engine has no bridge of its own' : undefined;
}

/** An engine with files of its own: of our temporary folder it has nothing, as one on another machine. */
function secondEngine(root: string): ChildProcess {
  const dockerd = [
    `dockerd --host ${host} --tls=false --data-root ${root}/data --exec-root ${root}/exec --pidfile ${root}/pid`,
    '--bridge none --iptables=false --ip6tables=false --default-address-pool base=172.28.0.0/16,size=24',
  ].join(' ');
  return spawn('unshare', ['--mount', 'sh', '-c', `mount -t tmpfs none ${tmpdir()} && exec ${dockerd}`], {
    stdio: 'ignore',
    env: { ...process.env, DOCKER_INSECURE_NO_IPTABLES_RAW: '1' },
  });
}

describe('an engine on another machine', () => {
  let root = '';
  let daemon: ChildProcess | undefined;

  beforeEach(({ skip }) => {
    const why = obstacle();
    if (why !== undefined) skip(why);
  });

  beforeAll(async () => {
    if (obstacle() !== undefined || 'missing' in engine) return;
    root = mkdtempSync(join(home, 'stackproof-remote-'));
    daemon = secondEngine(root);
    await eventually(
      'the second engine answers',
      async () => {
        const { status, stderr } = spawnSync('docker', ['--host', host, 'version'], { encoding: 'utf8' });
        return status === 0 ? { done: true, value: true } : { done: false, seen: stderr.trim() };
      },
      { within: 60_000 },
    );
    const wanted = { helper: helperImage, alertmanager: 'prom/alertmanager:v0.26.0' };
    const { used } = await resolveImages(engine.docker, wanted, { pull: true, substitutes: 'allow' });
    const images = used.map(({ image }) => image).join(' ');
    execFileSync('sh', ['-c', `docker save ${images} | docker --host ${host} load`]);
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
    if (daemon !== undefined) {
      const ended = new Promise((done) => daemon?.on('exit', done));
      daemon.kill('SIGTERM');
      await ended;
    }
    for (const left of [root, folder]) if (left !== '') rmSync(left, { recursive: true, force: true });
  });

  it('boots the copy, is asked through its own connection, and keeps nothing', () => {
    const { stderr } = spawnSync(process.execPath, [cli, 'verify', '--repo', folder, '--suite', 'boot'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, DOCKER_HOST: host },
    });
    expect(existsSync(join(folder, 'reports/verdicts.json')), stderr).toBe(true);
    const verdicts: Verdict[] = JSON.parse(readFileSync(join(folder, 'reports/verdicts.json'), 'utf8'));
    const boot = verdicts.filter(({ suite }) => suite === 'boot');
    expect(boot.map(({ outcome, cause }) => cause ?? outcome)).toEqual(boot.map(() => 'pass'));
    expect(boot.length).toBeGreaterThan(2);
    const left = execFileSync('docker', ['--host', host, 'ps', '--all', '--quiet'], { encoding: 'utf8' });
    expect(left.trim()).toBe('');
    const there = readdirSync(`/proc/${readFileSync(join(root, 'pid'), 'utf8').trim()}/root${tmpdir()}`);
    expect(there.filter((name) => name.startsWith('stackproof-lab'))).toEqual([]);
  });
});
