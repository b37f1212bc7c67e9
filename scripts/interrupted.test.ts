import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findEngine } from '../src/index.ts';

const engine = await findEngine();
const cli = resolve(import.meta.dirname, '../src/cli.ts');

/** What the engine, the temporary folder and, where it shows processes, the machine still have of a run. */
async function remainsOf(pid: number | undefined): Promise<string[]> {
  if ('missing' in engine) return [];
  const filters = JSON.stringify({ label: ['stackproof.lab'] });
  const mine = (labels: Readonly<Record<string, string>> | undefined): boolean =>
    labels?.['stackproof.owner']?.split('/')[1] === String(pid);
  const containers = await engine.docker.listContainers({ all: true, filters });
  const networks = await engine.docker.listNetworks({ filters });
  return [
    ...containers.filter((one) => mine(one.Labels)).map((one) => one.Names.join()),
    ...networks.filter((one) => mine(one.Labels)).map((one) => one.Name),
    ...readdirSync(tmpdir()).filter((name) => new RegExp(`^stackproof-\\w+-${pid}-`).test(name)),
    ...suitesOf(pid),
  ];
}

/** Processes that run suites for a run. */
function suitesOf(pid: number | undefined): string[] {
  const processes = existsSync('/proc/self/environ') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  return processes.filter((one) => {
    try {
      return readFileSync(`/proc/${one}/environ`, 'utf8').includes(`STACKPROOF_PARENT=${pid}\0`);
    } catch {
      return false;
    }
  });
}

function verify(): ChildProcess {
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-interrupted-'));
  writeFileSync(
    join(folder, 'compose.yaml'),
    'services:\n  alertmanager:\n    image: prom/alertmanager:v0.26.0\n    healthcheck:\n      test: ["CMD", "false"]\n      start_period: 60s\n',
  );
  return spawn(process.execPath, [cli, 'verify', '--repo', folder], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** The run that comes after sweeps what the others left, whatever else it does. */
function nextRun(): void {
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-interrupted-'));
  writeFileSync(join(folder, 'compose.yaml'), 'services:\n  alertmanager:\n    image: prom/alertmanager:v0.26.0\n');
  spawnSync(process.execPath, [cli, 'verify', '--repo', folder, '--suite', 'boot'], { cwd: folder });
}

describe('a verify that is told to end', () => {
  beforeEach(({ skip }) => {
    if ('missing' in engine) skip(engine.missing);
  });

  it.each([
    ['while the lab comes up', /booting a copy/, 'SIGTERM'],
    ['while the suites run', /the suites run/, 'SIGINT'],
  ] as const)('%s leaves nothing behind', async (_, moment, signal) => {
    const child = verify();
    let said = '';
    const ended = new Promise<number | null>((done) => child.on('exit', done));
    child.stderr?.on('data', (chunk: Buffer) => {
      const before = moment.test(said);
      said += chunk.toString();
      if (!before && moment.test(said)) setTimeout(() => child.kill(signal), 2_000);
    });
    expect(await ended, said).toBe(3);
    expect(said).toContain(`told to end (${signal})`);
    expect(await remainsOf(child.pid)).toEqual([]);
  });
});

describe('a verify that is killed', () => {
  beforeEach(({ skip }) => {
    if ('missing' in engine) skip(engine.missing);
  });

  it.each([
    ['while the lab comes up', /booting a copy/, [0, 700, 1_400, 2_100]],
    ['while the suites run', /the suites run/, [0, 1_500]],
  ] as const)('%s leaves nothing that the next run does not sweep', async (_, moment, delays) => {
    const killed = await Promise.all(
      delays.map(async (delay) => {
        const child = verify();
        let said = '';
        const ended = new Promise((done) => child.on('exit', done));
        child.stderr?.on('data', (chunk: Buffer) => {
          const before = moment.test(said);
          said += chunk.toString();
          if (!before && moment.test(said)) setTimeout(() => child.kill('SIGKILL'), delay);
        });
        await ended;
        expect(child.signalCode, said).toBe('SIGKILL');
        return child.pid;
      }),
    );
    nextRun();
    const left = await Promise.all(killed.map(remainsOf));
    expect(left.flat()).toEqual([]);
  });
});
