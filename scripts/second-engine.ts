import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../src/index.ts';

// Not below the temporary folder, which the second engine has an empty one of.
const home = '/var/lib';

export interface SecondEngine {
  /** A folder that this process and the engine both see; gone after `stop`. */
  readonly folder: string;
  /** For DOCKER_HOST. */
  readonly host: string;
  /** A process that lives where the engine does, and as long as it is ours. */
  readonly pid: number;
  /** The command that restarts it. */
  readonly restart: string;
  readonly stop: () => Promise<void>;
}

/** Why no second engine can be started here; undefined where it can. */
export function obstacle(): string | undefined {
  if (process.getuid?.() !== 0) return 'a second engine needs root';
  return spawnSync('dockerd', ['--version']).status === 0 ? undefined : 'dockerd is not on this machine';
}

/**
 * An engine with files and networks of its own: of our temporary folder, our 127.0.0.1 and the containers of this
 * machine it has nothing, as one on another machine. `images` are given to it.
 */
export async function startSecondEngine(images: readonly string[]): Promise<SecondEngine> {
  const folder = mkdtempSync(join(home, 'stackproof-engine-'));
  const keeper = start(folder);
  const host = `unix://${folder}/socket`;
  const restart = `kill $(cat ${folder}/pid)`;
  const stop = async (): Promise<void> => {
    const ended = new Promise((done) => keeper.on('exit', done));
    writeFileSync(join(folder, 'over'), '');
    spawnSync('sh', ['-c', restart]);
    if (keeper.exitCode === null) await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await eventually(
      'the second engine answers',
      async () =>
        spawnSync('docker', ['--host', host, 'version']).status === 0
          ? { done: true, value: true }
          : { done: false, seen: readFileSync(join(folder, 'log'), 'utf8') },
      { within: 60_000 },
    );
    execFileSync('sh', ['-c', `docker save ${images.join(' ')} | docker --host ${host} load`]);
    return { folder, host, pid: keeper.pid ?? 0, restart, stop };
  } catch (problem) {
    await stop();
    throw problem;
  }
}

/** Starts the engine, and starts it again whenever it ends, until `over` is there or we are gone. */
function start(root: string): ChildProcess {
  const dockerd = [
    `dockerd --host unix://${root}/socket --data-root ${root}/data --exec-root ${root}/exec --pidfile ${root}/pid`,
    '--default-address-pool base=172.28.0.0/16,size=24 --bip 172.27.0.1/24',
  ].join(' ');
  const script = `ip link set lo up && mount -t tmpfs none ${tmpdir()} && while [ ! -e ${root}/over ] && kill -0 ${process.pid}; do ${dockerd} >>${root}/log 2>&1 || sleep 1; done`;
  return spawn('unshare', ['--mount', '--net', 'sh', '-c', script], { stdio: 'ignore' });
}
