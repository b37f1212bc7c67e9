import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { requiredClaims } from '../gate/required.ts';
import { inShard, readShard } from '../gate/shard.ts';
import { engineSubjects, engineSuite } from '../gate/subjects/engine-restart.ts';
import { abilitiesOf, findEngine } from '../lab/engine.ts';
import type { Difference, UsedImage } from '../model/lab.ts';
import type { Claim, Verdict } from '../model/verdict.ts';
import { afterLastLook } from './fallen.ts';
import { isLive, type Lane, labsFor, lanesOf } from './lanes.ts';
import type { Voice } from './output.ts';
import { sideBySide } from './progress.ts';
import { type PreparedRun, prepareRun, type RunRequest, readStack, type SuiteRun } from './run.ts';
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
  /** How many labs side by side; by the engine's host where it is not said. */
  readonly labs?: number;
  /** The part of the cases, for instance `1/3`. */
  readonly shard?: string;
  /** The command that restarts the engine, where the run owns one. */
  readonly restartEngine?: string;
  /** Folder for logs and what is known of the lab. */
  readonly logs: string;
  /** Put before every claim's name, where a repository has several stacks. */
  readonly prefix: string;
}

/** What is known of a stack, or of several, after the suites ran. */
export interface Proof {
  readonly required: readonly Claim[];
  /** What this run answers for: all of them, or one shard's, and a restart of the engine where it was asked for. */
  readonly asked: readonly Claim[];
  readonly verdicts: readonly Verdict[];
  readonly images: readonly UsedImage[];
  readonly differences: readonly Difference[];
}

/**
 * Boots copies of one stack where a live suite is asked for, as many as the engine's host bears, runs the suites on them
 * side by side, and takes the copies down.
 */
export async function prove(request: ProofRequest, voice: Voice): Promise<Proof> {
  const { subject, composeFile } = request;
  mkdirSync(request.logs, { recursive: true });
  const proved: Pick<RunRequest, 'tree' | 'stack' | 'removed' | 'waivers' | 'before'> = {
    tree: subject.candidate,
    stack: composeFile,
    removed: subject.preview?.removed ?? [],
    waivers: subject.preview?.waivers ?? [],
    ...(subject.preview === undefined ? {} : { before: subject.base }),
  };
  const read = readStack(proved);
  const lanes = lanesOf(read, request.suites, request.keep ? 1 : (request.labs ?? (await labsHere())));
  const booted = lanes.filter(isLive).length;
  const copies = booted === 1 ? 'a copy of the stack' : `${booted} copies of the stack side by side`;
  if (lanes.length > 0) voice.say(`${composeFile}: ${booted === 0 ? 'static suites only' : `booting ${copies}`}`);
  const voices = sideBySide(voice, lanes.length);
  const onCopy = async (lane: Lane, logs: string, own: Voice): Promise<LaneProof> => {
    const { pull, substitutes, keep } = request;
    const show = own.show === undefined ? {} : { show: own.show };
    const how = { boot: isLive(lane), pull, substitutes, keep, evidence: logs, say: own.say, ...show };
    const prepared = await prepareRun({ ...proved, ...how });
    try {
      if (keep && 'project' in prepared.run.lab) sayHowToGoOn(prepared, own);
      return await proveLane(prepared, { ...request, lane, logs }, own);
    } finally {
      await prepared.stop();
    }
  };
  const ended = await Promise.allSettled(
    lanes.map((lane, number) =>
      onCopy(lane, number === 0 ? request.logs : join(request.logs, `lab-${number + 1}`), voices[number] ?? voice),
    ),
  );
  const broken = ended.find((one) => one.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
  const parts = ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (restartsEngine(request)) {
    voice.say(`${composeFile}: booting a copy of the stack to restart the engine below it`);
    parts.push(await onCopy({ beside: [], after: [engineSuite] }, join(request.logs, engineSuite), voice));
  }
  return joined(read, request, parts);
}

/** All other labs are gone by then: whoever runs on an engine that is restarted goes down with it. */
function restartsEngine({ restartEngine, suites }: Pick<ProofRequest, 'restartEngine' | 'suites'>): boolean {
  return restartEngine !== undefined && (suites.length === 0 || suites.includes(engineSuite));
}

/** Runs suites on a lab that is up already. */
export async function proveRun(
  prepared: Pick<PreparedRun, 'run' | 'file'>,
  request: Pick<ProofRequest, 'suites' | 'logs' | 'prefix'>,
  voice: Voice,
): Promise<Proof> {
  const parts: LaneProof[] = [];
  for (const lane of lanesOf(prepared.run, request.suites, 1))
    parts.push(await proveLane(prepared, { ...request, lane }, voice));
  return joined(prepared.run, request, parts);
}

/** What one lab showed. */
interface LaneProof {
  readonly lab: SuiteRun['lab'];
  readonly verdicts: readonly Verdict[];
}

/** First the suites that disturb nobody, side by side, then the others one by one. */
async function proveLane(
  { run, file }: Pick<PreparedRun, 'run' | 'file'>,
  {
    lane,
    logs,
    shard,
    restartEngine,
  }: Pick<ProofRequest, 'logs' | 'shard' | 'restartEngine'> & { readonly lane: Lane },
  voice: Voice,
): Promise<LaneProof> {
  mkdirSync(logs, { recursive: true });
  if ('project' in run.lab) voice.say(`lab "${run.lab.project}" is up; the suites run`);
  const runPhase = (suites: readonly string[]): Promise<Verdict[]> =>
    runSuites({
      runFile: file,
      suites,
      ...(shard === undefined ? {} : { shard }),
      ...(restartEngine === undefined ? {} : { restartEngine }),
      // Beside the run's description, where no other run writes: two runs may share a reports folder.
      verdicts: join(dirname(file), 'verdicts.json'),
      log: join(logs, 'suites.log'),
      ...(voice.show === undefined ? {} : { show: voice.show }),
    });
  const first = lane.beside.length === 0 ? [] : await runPhase(lane.beside);
  const told = 'project' in run.lab ? await afterLastLook(first, run.lab, run.stack) : first;
  if (lane.after.length > 0) voice.say(`the suites that disturb the lab run: ${lane.after.join(', ')}`);
  const last = lane.after.length === 0 ? [] : await runPhase(lane.after);
  return { lab: run.lab, verdicts: [...told, ...last] };
}

/** Copies of one stack have the same images and differ from it in the same way: the first that was booted tells both. */
function joined(
  { repository, stack }: Pick<SuiteRun, 'repository' | 'stack'>,
  request: Pick<ProofRequest, 'shard' | 'prefix' | 'restartEngine' | 'suites'>,
  parts: readonly LaneProof[],
): Proof {
  const { shard, prefix } = request;
  const required = requiredClaims(repository, stack);
  const part = readShard(shard ?? '');
  const more = restartsEngine(request) ? engineSubjects(stack).map(({ claim }) => claim) : [];
  const asked = [...required.filter((claim) => part === undefined || inShard(part, claim.id)), ...more];
  const labs = parts.map(({ lab }) => lab);
  const booted = labs.find((lab) => 'project' in lab);
  return {
    required: required.map((claim) => named(claim, prefix)),
    asked: asked.map((claim) => named(claim, prefix)),
    verdicts: parts
      .flatMap(({ verdicts }) => verdicts)
      .map((verdict) => ({
        ...verdict,
        claim: `${prefix}${verdict.claim}`,
        subject: `${prefix}${verdict.subject}`,
      })),
    images: booted?.images ?? labs.flatMap((lab) => ('images' in lab ? [lab.images ?? []] : []))[0] ?? [],
    differences: booted?.differences ?? [],
  };
}

async function labsHere(): Promise<number> {
  const engine = await findEngine();
  const abilities = 'missing' in engine ? undefined : await abilitiesOf(engine.docker);
  // Held to some processors, a lab is a measurement: it gets them for itself.
  const held = (process.env['STACKPROOF_CPUSET'] ?? '') !== '';
  return abilities === undefined || 'obstacle' in abilities || held ? 1 : labsFor(abilities);
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
