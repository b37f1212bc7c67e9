import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { treeIdOf } from '../gate/tree-hash.ts';
import { findEngine } from '../lab/engine.ts';
import { isRemote, openTunnel } from '../lab/remote.ts';
import { proxyPort } from '../lab/render/outside.ts';
import { labLabel, runLabel } from '../lab/sweep.ts';
import type { Voice } from './output.ts';
import { type Proof, type ProofRequest, proveRun } from './prove.ts';
import { Refusal } from './refusal.ts';
import { loadRun, type SuiteRun } from './run.ts';
import type { Subject } from './subject.ts';

/**
 * Runs suites again on a lab that `--keep` left standing. It must have been booted from the candidate as it is now, or
 * the suites would expect what nobody booted.
 * @throws Refusal (exit 3) where there is no such lab, or it is another candidate's.
 */
export async function attachTo(
  project: string,
  subject: Subject,
  options: Pick<ProofRequest, 'suites' | 'logs'>,
  voice: Voice,
): Promise<{ composeFiles: string[]; proof: Proof }> {
  const file = await runFileOf(project);
  const run = await reached(loadRun(file), file);
  if (treeIdOf(run.repository.tree, 'sha1') !== treeIdOf(subject.candidate, 'sha1'))
    throw new Refusal(3, `lab "${project}" was booted from another candidate: boot a new one with "verify --keep"`);
  const proof = await proveRun({ run, file }, { ...options, prefix: '' }, voice);
  return { composeFiles: [run.stack.composeFile], proof };
}

/** A lab on another machine is reached through a tunnel of whoever asks: the old one ended with its run. */
async function reached(run: SuiteRun, file: string): Promise<SuiteRun> {
  const engine = await findEngine();
  if (!isRemote() || !('project' in run.lab) || 'missing' in engine) return run;
  const tunnel = await openTunnel(engine.docker, run.lab.helper.container, proxyPort);
  process.once('exit', tunnel.close);
  const lab = { ...run.lab, proxy: tunnel.url };
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), lab }));
  return { ...run, lab };
}

async function runFileOf(project: string): Promise<string> {
  const engine = await findEngine();
  if ('missing' in engine) throw new Refusal(3, engine.missing);
  const filters = JSON.stringify({ label: [labLabel] });
  const containers = await engine.docker.listContainers({ all: true, filters });
  const labs = new Map(containers.map(({ Labels: labels }) => [labels[labLabel] ?? '', labels[runLabel] ?? '']));
  const file = labs.get(project);
  if (file !== undefined && existsSync(file)) return file;
  const there = [...labs].filter(([, path]) => existsSync(path)).map(([name]) => name);
  const hint = there.length === 0 ? 'no lab stands here' : `here stand ${there.sort().join(', ')}`;
  throw new Refusal(3, `there is no lab "${project}" to attach to: ${hint}`);
}
