import { spawn } from 'node:child_process';
import { accessSync, appendFileSync, constants, readdirSync, statSync, writeFileSync } from 'node:fs';
import { constants as system } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The first process where a script of the user runs: starts it in a group of its own, hands it the signals it is sent,
 * as a terminal or a service manager would, and writes down how it ended and what it left in its folder.
 */
const [, own = '', folder = '', fill = '', script = '', ...words] = process.argv;
if (fill !== '') fillUp();
const runnable = isRunnable(script);
const child = spawn(runnable ? script : 'sh', runnable ? words : [script, ...words], {
  stdio: ['ignore', 'inherit', 'inherit'],
  detached: true,
});

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  });
child.on('error', (problem) => finish({ problem: problem.message }));
child.on('close', (code, signal) => finish({ code: code ?? 128 + system.signals[signal ?? 'SIGKILL'] }));

function finish(how: object): void {
  const files = readdirSync(folder).map((name) => ({ name, bytes: statSync(join(folder, name)).size }));
  writeFileSync(resolve(own, '../../result.json'), JSON.stringify({ ...how, files }));
  process.exit(0);
}

/** Writes until the disk has no room. */
function fillUp(): void {
  try {
    for (let size = 0; size < 16; size += 1) appendFileSync(join(folder, '.full'), Buffer.alloc(1024));
  } catch {
    // Full.
  }
}

function isRunnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
