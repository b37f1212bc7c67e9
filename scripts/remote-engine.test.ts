import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

describe('an engine on another machine', () => {
  let second: SecondEngine | undefined;
  let port: Server | undefined;

  beforeEach(({ skip }) => {
    if (why !== undefined) skip(why);
  });

  beforeAll(async () => {
    if (why !== undefined || 'missing' in engine) return;
    const wanted = { helper: helperImage, alertmanager: 'prom/alertmanager:v0.26.0' };
    const { used } = await resolveImages(engine.docker, wanted, { pull: true, substitutes: 'allow' });
    second = await startSecondEngine(used.map(({ image }) => image));
    port = await listenFor(second);
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
    await second?.stop();
    rmSync(folder, { recursive: true, force: true });
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
    const left = execFileSync('docker', ['--host', second?.host ?? '', 'ps', '--all', '--quiet'], { encoding: 'utf8' });
    expect(left.trim()).toBe('');
    const there = readdirSync(`/proc/${second?.pid}/root${tmpdir()}`);
    expect(there.filter((name) => name.startsWith('stackproof-lab'))).toEqual([]);
  });
});
