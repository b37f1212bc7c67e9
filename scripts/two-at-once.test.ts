import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findEngine, type Verdict } from '../src/index.ts';
import { resolveImages } from '../src/lab/images.ts';

const engine = await findEngine();
const cli = resolve(import.meta.dirname, '../src/cli.ts');
const pinned = 'prom/alertmanager:v0.26.0';
const name = `stackproof-bystander-${randomBytes(3).toString('hex')}`;
const folder = mkdtempSync(join(tmpdir(), 'stackproof-bystander-'));

/** A stack that takes a project name, a container name, a port and a volume, as most do. */
function compose(image: string, port: string): string {
  return `name: ${name}
services:
  alertmanager:
    image: ${image}
    container_name: ${name}
    restart: unless-stopped
    ports: ["127.0.0.1:${port}:9093"]
    volumes: ["data:/alertmanager"]
volumes:
  data:
`;
}

function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8' }).trim();
}

/** All that could have been touched: the container with its start, its network and its volume. */
function bystander(): string {
  const filter = `label=com.docker.compose.project=${name}`;
  return [
    docker('inspect', '--format', '{{.Id}} {{.State.Status}} {{.State.StartedAt}} {{.RestartCount}}', name),
    docker('network', 'ls', '--no-trunc', '--quiet', '--filter', filter),
    docker('volume', 'ls', '--format', '{{.Name}} {{.Mountpoint}}', '--filter', filter),
    docker('ps', '--all', '--no-trunc', '--quiet', '--filter', filter),
  ].join('\n');
}

function verify(reports: string): { child: ChildProcess; ended: Promise<Verdict[]> } {
  const child = spawn(
    process.execPath,
    [cli, 'verify', '--repo', folder, '--suite', 'boot', '--reports', join(folder, reports)],
    { stdio: 'ignore' },
  );
  const ended = new Promise<Verdict[]>((done) => {
    child.on('exit', () => done(JSON.parse(readFileSync(join(folder, reports, 'verdicts.json'), 'utf8'))));
  });
  return { child, ended };
}

describe('two runs at once, beside a running stack of the same names and ports', () => {
  beforeEach(({ skip }) => {
    if ('missing' in engine) skip(engine.missing);
  });

  beforeAll(async () => {
    if ('missing' in engine) return;
    const { used } = await resolveImages(engine.docker, { it: pinned }, { pull: true, substitutes: 'allow' });
    const file = join(folder, 'compose.yaml');
    writeFileSync(file, compose(used[0]?.image ?? pinned, '0'));
    docker('compose', '--file', file, 'up', '--detach');
    const port = docker('port', name, '9093').split(':').at(-1) ?? '';
    writeFileSync(file, compose(pinned, port));
  });

  afterAll(() => {
    if (!('missing' in engine)) docker('compose', '--project-name', name, 'down', '--volumes', '--timeout', '1');
    rmSync(folder, { recursive: true, force: true });
  });

  it('do not touch each other or it', async () => {
    const before = bystander();
    const verdicts = await Promise.all([verify('one').ended, verify('two').ended]);
    for (const one of verdicts) {
      const boot = one.filter(({ suite }) => suite === 'boot');
      expect(boot.length).toBeGreaterThan(0);
      expect(boot.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
    }
    expect(bystander()).toBe(before);
  });
});
