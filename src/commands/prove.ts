import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { liveSuites } from '../gate/live-suites.ts';
import { requiredClaims } from '../gate/required.ts';
import { inShard, readShard } from '../gate/shard.ts';
import type { Difference, UsedImage } from '../model/lab.ts';
import type { Claim, Verdict } from '../model/verdict.ts';
import { afterLastLook } from './fallen.ts';
import type { Voice } from './output.ts';
import { type PreparedRun, prepareRun, type SuiteRun } from './run.ts';
import { runSuites } from './run-suites.ts';
import type { Subject } from './subject.ts';

/** One stack to prove, and how. */
export interface ProofRequest {
  readonly subject: Subject;
  readonly composeFile: string;
  /** Names of suites, `static` among them; empty means all. */
  readonly suites: readonly string[];
  readonly substitutes: 'allow' | 'refuse';
  readonly pull: boolean;
  readonly keep: boolean;
  /** The part of the cases, for instance `1/3`. */
  readonly shard?: string;
  /** Folder for logs and what is known of the lab. */
  readonly logs: string;
  /** Put before every claim's name, where a repository has several stacks. */
  readonly prefix: string;
}

/** What is known of a stack, or of several, after the suites ran. */
export interface Proof {
  readonly required: readonly Claim[];
  /** Those of them that this run answers for: all, or one shard's. */
  readonly asked: readonly Claim[];
  readonly verdicts: readonly Verdict[];
  readonly images: readonly UsedImage[];
  readonly differences: readonly Difference[];
}

/** Boots a copy of one stack where a live suite is asked for, runs the suites, and takes the copy down. */
export async function prove(request: ProofRequest, voice: Voice): Promise<Proof> {
  const { subject, composeFile, suites } = request;
  const live = suites.length === 0 || suites.some((suite) => suite !== 'static');
  mkdirSync(request.logs, { recursive: true });
  voice.say(`${composeFile}: ${live ? 'booting a copy of the stack' : 'static suites only'}`);
  const prepared = await prepareRun({
    tree: subject.candidate,
    stack: composeFile,
    removed: subject.preview?.removed ?? [],
    waivers: subject.preview?.waivers ?? [],
    ...(subject.preview === undefined ? {} : { before: subject.base }),
    boot: live,
    pull: request.pull,
    substitutes: request.substitutes,
    keep: request.keep,
    evidence: request.logs,
    say: voice.say,
    ...(voice.show === undefined ? {} : { show: voice.show }),
  });
  try {
    if (request.keep && 'project' in prepared.run.lab) sayHowToGoOn(prepared, voice);
    return await proveRun(prepared, request, voice);
  } finally {
    await prepared.stop();
  }
}

/** Runs the suites on a lab that is up: first those that disturb nobody, side by side, then the others one by one. */
export async function proveRun(
  prepared: Pick<PreparedRun, 'run' | 'file' | 'images'>,
  request: Pick<ProofRequest, 'suites' | 'shard' | 'logs' | 'prefix'>,
  voice: Voice,
): Promise<Proof> {
  const { run } = prepared;
  mkdirSync(request.logs, { recursive: true });
  const required = requiredClaims(run.repository, run.stack);
  const shard = readShard(request.shard ?? '');
  const asked = required.filter((claim) => shard === undefined || inShard(shard, claim.id));
  if ('project' in run.lab) voice.say(`lab "${run.lab.project}" is up; the suites run`);
  // Beside the run's description, where no other run writes: two runs may share a reports folder.
  const verdictFile = join(dirname(prepared.file), 'verdicts.json');
  const runPhase = (projects: readonly string[], suites: readonly string[]): Promise<Verdict[]> =>
    runSuites({
      runFile: prepared.file,
      projects,
      suites: suites.map((suite) => (suite === 'static' ? 'check' : suite)),
      ...(request.shard === undefined ? {} : { shard: request.shard }),
      verdicts: verdictFile,
      log: join(request.logs, 'suites.log'),
      ...(voice.show === undefined ? {} : { show: voice.show }),
    });
  const [beside, after] = phasesOf(run, request.suites);
  const first = beside.length === 0 ? [] : await runPhase(['static', 'live'], beside);
  const told = 'project' in run.lab ? await afterLastLook(first, run.lab, run.stack) : first;
  if (after.length > 0) voice.say(`the suites that disturb the lab run: ${after.join(', ')}`);
  const last = after.length === 0 ? [] : await runPhase(['after'], after);
  return {
    required: required.map((claim) => named(claim, request.prefix)),
    asked: asked.map((claim) => named(claim, request.prefix)),
    verdicts: [...told, ...last].map((verdict) => ({
      ...verdict,
      claim: `${request.prefix}${verdict.claim}`,
      subject: `${request.prefix}${verdict.subject}`,
    })),
    images: prepared.images,
    differences: 'project' in run.lab ? run.lab.differences : [],
  };
}

/** The suites of the two phases that have something to claim of the stack, or that were asked for by name. */
function phasesOf({ stack, repository }: SuiteRun, asked: readonly string[]): [string[], string[]] {
  const wanted = liveSuites.filter(({ name, claims }) =>
    asked.length === 0 ? claims(stack, repository).length > 0 : asked.includes(name),
  );
  const of = (phase: 'beside' | 'after'): string[] =>
    wanted.filter((suite) => suite.phase === phase).map((suite) => suite.name);
  const files = asked.length === 0 || asked.includes('static') ? ['static'] : [];
  return [[...files, ...of('beside')], of('after')];
}

function sayHowToGoOn({ run, file }: PreparedRun, voice: Voice): void {
  if (!('project' in run.lab)) return;
  const { project, folder, proxy } = run.lab;
  voice.say(`the lab stays: folder ${folder}, proxy ${proxy}
  run suites on it again:  stackproof verify --attach ${project} [--suite NAME]…
  remove it:               docker compose -p ${project} down --volumes && rm -r ${folder} ${dirname(file)}`);
}

/** With several stacks a claim says whose it is; reports that tell cases apart by their names need it too. */
function named(claim: Claim, prefix: string): Claim {
  return { ...claim, id: `${prefix}${claim.id}`, subject: `${prefix}${claim.subject}` };
}
