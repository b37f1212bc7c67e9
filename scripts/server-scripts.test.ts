import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, findEngine } from '../src/index.ts';
import { resolveImages } from '../src/lab/images.ts';
import { obstacle, type SecondEngine, startSecondEngine } from './second-engine.ts';

const engine = await findEngine();
// The scripts stop containers by their plain names, so they get an engine where nobody else has any.
const why = 'missing' in engine ? engine.missing : obstacle();
const shipped = resolve(import.meta.dirname, '../plans/monitoring-consolidation/files');
const cli = resolve(import.meta.dirname, '../src/cli.ts');
const pinned = 'prom/alertmanager:v0.26.0';
const stack = 'infrastructure/monitoring';

let second: SecondEngine | undefined;
const at = (...names: string[]): string => join(second?.folder ?? '', ...names);

function run(cwd: string, program: string, ...args: string[]): { code: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: `${at('bin')}:${process.env['PATH']}`,
      HOME: at(),
      DOCKER_HOST: second?.host ?? 'unix:///nowhere',
      DEPLOY_PATH: at('server'),
      BACKUP_DIR: at('backups'),
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@example.com',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@example.com',
    },
  });
  return { code: status, text: `${stdout}${stderr}` };
}
function must(cwd: string, program: string, ...args: string[]): string {
  const { code, text } = run(cwd, program, ...args);
  expect(code, `${program} ${args.join(' ')}\n${text}`).toBe(0);
  return text;
}

/** A stack of one service, whose receiver is its whole configuration. */
function writeStack(folder: string, receiver: string): void {
  mkdirSync(join(folder, 'scripts'), { recursive: true });
  for (const name of ['rollback-monitoring.sh', 'carry-over-volumes.sh'])
    cpSync(join(shipped, name), join(folder, 'scripts', name));
  writeFileSync(
    join(folder, 'docker-compose.yml'),
    `services:
  alertmanager:
    image: ${pinned}
    container_name: alertmanager
    volumes: ["./alertmanager:/etc/alertmanager:ro", "alertmanager-data:/alertmanager"]
volumes:
  alertmanager-data:
`,
  );
  mkdirSync(join(folder, 'alertmanager'), { recursive: true });
  writeFileSync(
    join(folder, 'alertmanager/alertmanager.yml'),
    `route: { receiver: ${receiver} }\nreceivers: [{ name: ${receiver} }]\n`,
  );
}

/** The receiver that the running Alertmanager says it has, and what its volume holds. */
async function runs(): Promise<{ receiver: string; data: string }> {
  const ask = (...args: string[]): string => run(at(), 'docker', 'exec', 'alertmanager', ...args).text;
  const receiver = await eventually(
    'Alertmanager answers',
    async () => {
      const seen = ask('wget', '-qO-', 'http://127.0.0.1:9093/api/v2/receivers');
      const name = /"name":"(\w+)"/.exec(seen)?.[1];
      return name === undefined ? { done: false, seen } : { done: true, value: name };
    },
    { within: 30_000 },
  );
  return { receiver, data: ask('cat', '/alertmanager/mark').trim() };
}

describe('what the plan ships for the server, on an engine', () => {
  beforeEach(({ skip }) => {
    if (why !== undefined) skip(why);
  });

  beforeAll(async () => {
    if (why !== undefined || 'missing' in engine) return;
    const { used } = await resolveImages(engine.docker, { it: pinned }, { pull: true, substitutes: 'allow' });
    const image = used[0]?.image ?? pinned;
    second = await startSecondEngine([image]);
    must(at(), 'docker', 'tag', image, pinned);
    for (const name of ['bin', 'backups', 'server', 'checkout']) mkdirSync(at(name));
    writeFileSync(at('bin/ssh'), '#!/bin/sh\nset -eu\nshift\nexec sh -c "$*"\n', { mode: 0o755 });
    const checkout = at('checkout');
    must(checkout, 'git', 'init', '--quiet', '--initial-branch=master');
    for (const receiver of ['before', 'after']) {
      writeStack(join(checkout, stack), receiver);
      must(checkout, 'git', 'add', '--all');
      must(checkout, 'git', 'commit', '--quiet', '--message', receiver);
    }
    // The deployment of the state before the plan, under another project's name.
    writeStack(at('old/auto-scaling'), 'before');
    must(at('old/auto-scaling'), 'docker', 'compose', 'up', '--detach');
    must(at(), 'docker', 'exec', 'alertmanager', 'sh', '-c', 'echo kept >/alertmanager/mark');
    cpSync(join(checkout, stack), at('server', stack), { recursive: true });
  });

  afterAll(async () => {
    if (second === undefined) return;
    const all = run(at(), 'docker', 'ps', '--all', '--quiet').text.split('\n').filter(Boolean);
    if (all.length > 0) run(at(), 'docker', 'rm', '--force', ...all);
    await second.stop();
  });

  it('carries the data over from another project, and leaves what was there', async () => {
    expect(await runs()).toEqual({ receiver: 'before', data: 'kept' });
    const said = must(at('server', stack), 'scripts/carry-over-volumes.sh');
    expect(said).toContain('monitoring_alertmanager-data has what auto-scaling_alertmanager-data holds');
    must(at('server', stack), 'docker', 'compose', 'up', '--detach');
    expect(await runs()).toEqual({ receiver: 'after', data: 'kept' });
    const left = must(at(), 'docker', 'inspect', '--format', '{{.State.Status}}', 'alertmanager-before');
    expect(left.trim()).toBe('exited');
    expect(must(at(), 'docker', 'volume', 'ls', '--quiet')).toContain('auto-scaling_alertmanager-data');
  });

  it('rolls back by reverting the commit, and by the archive of before, without losing data', async () => {
    const snapshot = [cli, 'snapshot', '--repo', at('checkout'), '--stack', `${stack}/docker-compose.yml`];
    must(at('checkout'), 'git', 'checkout', '--quiet', 'HEAD~1');
    must(at(), process.execPath, ...snapshot, '--output', at('backups'));
    must(at('checkout'), 'git', 'checkout', '--quiet', 'master');
    const archives = readdirSync(at('backups')).filter((name) => /^pre-migration-.*\.tar\.gz$/.test(name));
    expect(archives).toHaveLength(1);

    must(at('checkout'), join(stack, 'scripts/rollback-monitoring.sh'), 'quick', 'HEAD');
    expect(await runs()).toEqual({ receiver: 'before', data: 'kept' });

    rmSync(at('server', stack, 'alertmanager'), { recursive: true });
    writeStack(at('server', stack), 'after');
    must(at('server', stack), 'docker', 'compose', 'up', '--detach', '--force-recreate');
    expect(await runs()).toEqual({ receiver: 'after', data: 'kept' });
    must(at('server', stack), 'scripts/rollback-monitoring.sh', 'full');
    expect(await runs()).toEqual({ receiver: 'before', data: 'kept' });
    expect(readdirSync(at('backups')).some((name) => name.startsWith('pre-rollback-'))).toBe(true);
  });
});
