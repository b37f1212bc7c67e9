import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findEngine } from '../../src/lab/engine.ts';
import { resolveImages } from '../../src/lab/images.ts';

const homes = {
  prometheus: { image: 'prom/prometheus:v2.47.0', file: '/bin/prometheus' },
  promtool: { image: 'prom/prometheus:v2.47.0', file: '/bin/promtool' },
  alertmanager: { image: 'prom/alertmanager:v0.26.0', file: '/bin/alertmanager' },
  amtool: { image: 'prom/alertmanager:v0.26.0', file: '/bin/amtool' },
  loki: { image: 'grafana/loki:2.9.2', file: '/usr/bin/loki' },
  promtail: { image: 'grafana/promtail:2.9.2', file: '/usr/bin/promtail' },
} as const;

/** A program whose verdict ours is compared with. */
export type Program = keyof typeof homes;

/** A genuine program, ready to be run on this machine. `origin` says where it is from: a substitute calls itself one. */
export interface Genuine {
  readonly file: string;
  readonly origin: string;
}

const cache = join(import.meta.dirname, '../../node_modules/.cache/stackproof/peers');
const run = promisify(execFile);

/**
 * Takes a program out of the image the product would run (the pinned one: present, pulled, or its substitute) and keeps
 * it. No container is started: what is needed is the program alone, many times and fast.
 */
export async function genuine(name: Program): Promise<Genuine | { readonly missing: string }> {
  const engine = await findEngine();
  if ('missing' in engine) return { missing: `there is no ${name}: ${engine.missing}` };
  const { image, file } = homes[name];
  const pull = process.env['STACKPROOF_PULL'] !== 'never';
  const { used, missing } = await resolveImages(engine.docker, { [name]: image }, { pull, substitutes: 'allow' });
  const [from] = used;
  if (from === undefined) {
    const why = missing.map((one) => one.why).join('; ');
    return { missing: `there is no ${name}: ${why}; "npm run images" builds a substitute` };
  }
  const home = join(cache, from.id.replace(/^sha256:/, '').slice(0, 16));
  const kept = join(home, name);
  try {
    await starts(kept).catch(() => takeOut(from.image, file, home, name));
    await starts(kept);
  } catch (problem) {
    const words = problem instanceof Error ? problem.message.split('\n')[0] : String(problem);
    return { missing: `${name} of image "${from.image}" does not run on this machine: ${words}` };
  }
  return { file: kept, origin: from.note === undefined ? from.image : `${from.image} (${from.note})` };
}

/** Where a genuine program is, for those that cannot do without. @throws Error where there is none. */
export async function promisedProgram(name: Program): Promise<string> {
  const found = await genuine(name);
  if ('missing' in found) throw new Error(found.missing);
  return found.file;
}

async function starts(file: string): Promise<void> {
  await run(file, ['--version']);
}

/** The program lands under its name all at once: another process may look for it at the same time. */
async function takeOut(image: string, file: string, home: string, name: string): Promise<void> {
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(join(home, 'new-'));
  const { stdout } = await run('docker', ['create', image]);
  const container = stdout.trim();
  try {
    await run('docker', ['cp', '--follow-link', `${container}:${file}`, join(folder, name)]);
    renameSync(join(folder, name), join(home, name));
  } finally {
    await run('docker', ['rm', container]);
    rmSync(folder, { recursive: true, force: true });
  }
}
