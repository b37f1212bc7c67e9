import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NoLab, startLab } from '../lab/lab.ts';
import { whenEnded } from '../lab/leaving.ts';
import { scratchFolder, sweepScratch } from '../lab/scratch.ts';
import type { Waiver } from '../model/finding.ts';
import type { LabAddress } from '../model/lab.ts';
import type { RemovedPath } from '../model/plan.ts';
import type { Repository } from '../model/repository.ts';
import type { Stack } from '../model/stack.ts';
import type { Tree } from '../model/tree.ts';
import { readDirectory } from '../read/directory.ts';
import { readRepository } from '../read/repository.ts';
import { writeTreeTo } from './folder.ts';
import { example, readSubject } from './subject.ts';

/** What the suites are asked about: a candidate tree and one of its stacks. */
export interface RunRequest {
  readonly tree: Tree;
  readonly stack: string;
  readonly removed: readonly RemovedPath[];
  readonly waivers: readonly Waiver[];
  /** The tree before the plan, where the tree is a plan's candidate. */
  readonly before?: Tree;
  readonly boot: boolean;
  readonly pull: boolean;
  readonly substitutes: 'allow' | 'refuse';
  readonly keep: boolean;
  readonly evidence: string;
  readonly say: (line: string) => void;
  readonly show?: (line: string | undefined) => void;
}

/** A run as the suites see it. */
export interface SuiteRun {
  readonly repository: Repository;
  readonly stack: Stack;
  readonly lab: LabAddress | NoLab;
}

/** A run that is ready: the file that describes it to other processes, and how to end it. */
export interface PreparedRun {
  readonly run: SuiteRun;
  readonly file: string;
  readonly stop: () => Promise<void>;
}

interface RunFile {
  readonly candidate: string;
  readonly before?: string;
  readonly stack: string;
  readonly removed: readonly RemovedPath[];
  readonly waivers: readonly Waiver[];
  readonly lab: LabAddress | NoLab;
}

/**
 * Writes the candidate to a folder, boots its stack if asked, and describes both in a file.
 * @throws Error where the tree has no such stack.
 */
export async function prepareRun(request: RunRequest): Promise<PreparedRun> {
  sweepScratch();
  const { repository, stack } = readStack(request);
  const folder = scratchFolder(request.keep ? 'kept' : 'run');
  const file = join(folder, 'run.json');
  let kept = false;
  const removeWritten = async (): Promise<void> => {
    if (!kept) rmSync(folder, { recursive: true, force: true });
  };
  const forget = whenEnded(removeWritten);
  const started = request.boot
    ? await startLab({ ...request, stack, run: file })
    : { unavailable: 'the live suites were not asked for' };
  const lab = 'address' in started ? started.address : started;
  kept = request.keep && 'address' in started;
  const stop = async (): Promise<void> => {
    if ('stop' in started) await started.stop();
    await removeWritten();
    forget();
  };
  try {
    const candidate = join(folder, 'candidate');
    writeTreeTo(request.tree, candidate);
    const before = request.before === undefined ? undefined : join(folder, 'before');
    if (request.before !== undefined && before !== undefined) writeTreeTo(request.before, before);
    const { stack: composeFile, removed, waivers } = request;
    const described: RunFile = {
      candidate,
      ...(before === undefined ? {} : { before }),
      stack: composeFile,
      removed,
      waivers,
      lab,
    };
    writeFileSync(file, JSON.stringify(described));
    return { run: { repository, stack, lab }, file, stop };
  } catch (problem) {
    await stop();
    throw problem;
  }
}

/** Reads a run that `prepareRun` described. */
export function loadRun(file: string): SuiteRun {
  const described: RunFile = JSON.parse(readFileSync(file, 'utf8'));
  const before = described.before === undefined ? undefined : readDirectory(described.before);
  const repository = readJudged(readDirectory(described.candidate), before, described);
  return { repository, stack: stackOf(repository, described.stack), lab: described.lab };
}

/** The candidate of the bundled example. */
export async function exampleRun(): Promise<Pick<RunRequest, 'tree' | 'stack' | 'removed' | 'waivers' | 'before'>> {
  return candidateOf(example.repository, example.plan);
}

/** What the suites are asked about in a repository: its first stack, or with a plan the plan's candidate and stack. */
export async function candidateOf(
  repo: string,
  plan?: string,
): Promise<Pick<RunRequest, 'tree' | 'stack' | 'removed' | 'waivers' | 'before'>> {
  const { base, candidate, loaded, preview } = await readSubject(repo, plan);
  const stack = loaded?.plan.stack ?? readRepository(candidate).stacks[0]?.composeFile;
  if (stack === undefined) throw new Error(`no compose file in "${repo}" runs a monitoring product`);
  if (preview === undefined) return { tree: candidate, stack, removed: [], waivers: [] };
  return { tree: candidate, stack, removed: preview.removed, waivers: preview.waivers, before: base };
}

/** Reads the stack a request is about, booting nothing. @throws Error where the tree has no such stack. */
export function readStack(
  request: Pick<RunRequest, 'tree' | 'stack' | 'removed' | 'waivers' | 'before'>,
): Pick<SuiteRun, 'repository' | 'stack'> {
  const repository = readJudged(request.tree, request.before, request);
  return { repository, stack: stackOf(repository, request.stack) };
}

/** One stack of a tree with what a plan knows of it: the same repository that `check` judges. */
function readJudged(
  tree: Tree,
  before: Tree | undefined,
  options: Pick<RunRequest, 'stack' | 'removed' | 'waivers'>,
): Repository {
  return readRepository(tree, { ...options, ...(before === undefined ? {} : { base: readRepository(before) }) });
}

function stackOf(repository: Repository, composeFile: string): Stack {
  const stack = repository.stacks.find((one) => one.composeFile === composeFile);
  if (stack === undefined) throw new Error(`"${composeFile}" is not a compose file that runs a monitoring product`);
  return stack;
}
