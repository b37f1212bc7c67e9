import { existsSync } from 'node:fs';
import { treeIdOf } from '../gate/tree-hash.ts';
import { findEngine } from '../lab/engine.ts';
import { labLabel, runLabel } from '../lab/sweep.ts';
import type { Voice } from './output.ts';
import { type Proof, type ProofRequest, proveRun } from './prove.ts';
import { Refusal } from './refusal.ts';
import { loadRun } from './run.ts';
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
  const run = loadRun(file);
  if (treeIdOf(run.repository.tree, 'sha1') !== treeIdOf(subject.candidate, 'sha1'))
    throw new Refusal(3, `lab "${project}" was booted from another candidate: boot a new one with "verify --keep"`);
  const images = 'project' in run.lab ? run.lab.images : [];
  const proof = await proveRun({ run, file, images }, { ...options, prefix: '' }, voice);
  return { composeFiles: [run.stack.composeFile], proof };
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
