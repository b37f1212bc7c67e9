import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Broker, startBroker } from './broker.ts';
import type { World } from './world.ts';

/** An engine that says what it was asked, or reads what it is given. */
const engine = `#!/bin/sh
case "$*" in
  ps*) echo "0123456789ab prometheus"; exit 0 ;;
  *slow*) echo "first piece"; sleep 20 ;;
  *--interactive*) echo "read: $(cat)" ;;
  *) echo "asked: $*"; echo "of lab1-prometheus-1" >&2; exit 7 ;;
esac
`;
const world: World = {
  project: { theirs: ['stack'], lab: 'lab1' },
  services: ['prometheus'],
  containers: [{ theirs: ['prom'], lab: 'lab1-prometheus-1' }],
  ids: [],
  volumes: [],
  images: { image: 'image' },
  toolImage: 'tools',
  composeFile: '/lab/compose.yaml',
  seenComposeFile: '/repository/compose.yaml',
  folders: [],
  labels: {},
};

describe('a docker command of a script', () => {
  let folder = '';
  let broker: Broker | undefined;
  const path = process.env['PATH'];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stackproof-broker-'));
    mkdirSync(join(folder, 'engine'));
    writeFileSync(join(folder, 'engine/docker'), engine, { mode: 0o755 });
    cpSync(resolve(import.meta.dirname, '../standins/script'), join(folder, 'bin'), { recursive: true });
    process.env['PATH'] = `${join(folder, 'engine')}:${path ?? ''}`;
  });
  afterEach(async () => {
    process.env['PATH'] = path;
    await broker?.close();
    rmSync(folder, { recursive: true });
  });

  async function say(words: readonly string[], input = ''): Promise<{ code: number; out: string; problems: string }> {
    const child = spawn(process.execPath, [join(folder, 'bin/docker.ts'), 'docker', ...words]);
    const gathered = { out: '', problems: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      gathered.out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      gathered.problems += chunk.toString();
    });
    child.stdin.end(input);
    const [code] = await once(child, 'close');
    return { code: Number(code), ...gathered };
  }

  it('comes back with what the engine says and its exit code', async () => {
    broker = await startBroker(join(folder, 'broker.sock'), world);
    const { code, out, problems } = await say(['stop', 'prom']);
    expect({ code, out }).toEqual({ code: 7, out: 'asked: stop lab1-prometheus-1\n' });
    expect(problems).toContain('of prom');
    expect(broker.asked.commands).toEqual(['stop prom']);
  });

  it('hands standard input on', async () => {
    broker = await startBroker(join(folder, 'broker.sock'), world);
    expect(await say(['run', '--interactive', 'image', 'sh'], 'an archive')).toMatchObject({
      code: 0,
      out: 'read: an archive\n',
    });
  });

  it('is told why it is refused', async () => {
    broker = await startBroker(join(folder, 'broker.sock'), world);
    expect(await say(['system', 'prune'])).toMatchObject({ code: 1, problems: expect.stringContaining('not opened') });
    expect(broker.asked.refusals).toHaveLength(1);
  });

  it('is broken off when half of the first piece has come', async () => {
    const reached = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    broker = await startBroker(join(folder, 'broker.sock'), world, async () => {
      reached.resolve();
      await closed.promise;
    });
    const said = say(['run', 'image', 'slow']);
    await reached.promise;
    const closing = broker.close();
    closed.resolve();
    await closing;
    broker = undefined;
    expect(await said).toMatchObject({ code: 125, out: 'first ' });
  });

  it('says so where nobody listens', async () => {
    expect(await say(['ps'])).toMatchObject({
      code: 125,
      problems: expect.stringContaining('the lab does not answer'),
    });
  });
});
