import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { exampleRun, findEngine, type Stack, writeTree } from '../src/index.ts';
import { writeRendered } from '../src/lab/copy.ts';
import { helperImage, helperService } from '../src/lab/helper.ts';
import { resolveImages } from '../src/lab/images.ts';
import { renderStack } from '../src/lab/render.ts';
import { scratchFolder } from '../src/lab/scratch.ts';
import { labLabel, ownerLabel, sweepProject } from '../src/lab/sweep.ts';
import { ownerOf } from '../src/model/owner.ts';
import { readRepository } from '../src/read/repository.ts';
import type { Figure } from './figure.ts';
import { ratio } from './measure.ts';

interface Run {
  readonly seconds: number;
  /** Memory of the command and all that it started, at its highest, in MiB. */
  readonly peakMb: number;
}

const cli = join(import.meta.dirname, '../src/cli.ts');

/**
 * Everything from nothing to all suites green, against `docker compose up --wait` of the same stack: the copy that the
 * lab boots, with the health checks as the compose file has them. In turns, medians.
 * @throws Error where a run is not green or the stack does not come up.
 */
export async function liveFigures(rounds = 3): Promise<Figure[]> {
  const { tree, stack: composeFile } = await exampleRun();
  const stack = readRepository(tree).stacks.find((one) => one.composeFile === composeFile);
  if (stack === undefined) throw new Error(`there is no stack "${composeFile}"`);
  const folder = writeTree(tree, 'bench');
  const [ours, peers]: [Run[], Run[]] = [[], []];
  try {
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await timed([process.execPath, cli, 'verify', '--repo', folder, '--reports', join(folder, 'reports')]));
      peers.push(await upAndWait(tree, stack));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const seconds = (runs: readonly Run[]): number => median(runs.map((run) => run.seconds));
  const memory = median(ours.map((run) => run.peakMb));
  return [
    {
      what: 'from nothing to all live suites green, against docker compose up --wait',
      ratio: ratio(seconds(ours), seconds(peers)),
      bar: '1.5',
    },
    { what: 'memory of the harness, of 400 MiB', ratio: ratio(memory, 400), bar: '1.0' },
  ];
}

type Tree = Parameters<typeof renderStack>[0];

/** Boots the copy as its user would: compose waits until every health check has passed. */
async function upAndWait(tree: Tree, stack: Stack): Promise<Run> {
  const engine = await findEngine();
  if ('missing' in engine) throw new Error(engine.missing);
  const wanted = Object.fromEntries(
    stack.services.flatMap((service) => (service.image === undefined ? [] : [[service.name, service.image.value]])),
  );
  const policy = { pull: true, substitutes: 'allow' } as const;
  const { used } = await resolveImages(engine.docker, { ...wanted, [helperService]: helperImage }, policy);
  const project = `stackproof-bench-${process.pid}`;
  const rendered = renderStack(tree, stack, {
    project,
    images: Object.fromEntries(used.map((image) => [image.service, image.image])),
    helperImage: used.find((image) => image.service === helperService)?.image ?? helperImage,
    labels: { [labLabel]: project, [ownerLabel]: ownerOf() },
  });
  const folder = scratchFolder('lab');
  const file = rendered.files.get(rendered.composeFile);
  const compose = parse(Buffer.from(file?.bytes ?? []).toString());
  for (const service of stack.services) {
    const written = service.definition['healthcheck'];
    if (written !== undefined && compose.services[service.name] !== undefined)
      compose.services[service.name].healthcheck = written;
  }
  const bytes = new TextEncoder().encode(stringify(compose));
  const files = new Map(rendered.files).set(rendered.composeFile, {
    path: rendered.composeFile,
    mode: '100644',
    bytes,
  });
  await writeRendered({ ...rendered, files }, folder);
  try {
    const up = ['up', '--detach', '--wait', '--wait-timeout', '300'];
    return await timed([
      'docker',
      'compose',
      '--project-name',
      project,
      '--file',
      join(folder, rendered.composeFile),
      ...up,
    ]);
  } finally {
    await sweepProject(engine.docker, project);
  }
}

async function timed([program = '', ...args]: readonly string[]): Promise<Run> {
  const from = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  let peakMb = 0;
  const timer = setInterval(() => {
    peakMb = Math.max(peakMb, memoryOf(child.pid ?? 0));
  }, 250);
  const code = await new Promise((done) => child.on('close', done));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${program} ${args.slice(0, 2).join(' ')} ended with ${code}: ${said.slice(-2000)}`);
  return { seconds: (performance.now() - from) / 1000, peakMb };
}

/** MiB of a process and all its descendants; what they share is counted once (proc(5), Pss in `smaps_rollup`). */
function memoryOf(root: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const belongs = (pid: number): boolean => {
    for (let now: number | undefined = pid; now !== undefined && now > 1; now = parents.get(now))
      if (now === root) return true;
    return false;
  };
  return [...parents.keys()]
    .filter(belongs)
    .map((pid) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024)
    .reduce((sum, one) => sum + one, 0);
}

/** A process may end while it is looked at. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
