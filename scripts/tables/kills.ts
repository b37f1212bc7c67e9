import { durableSteps, type StepName } from '../../src/apply/steps.ts';
import { endOf, kill, startVictim, type Where } from './kill.ts';
import { stateOf, unlike } from './state.ts';
import { type Aftermath, fresh, type Trial } from './trial.ts';

/** How often a place was hit, where the repository stood then, and how often the next run ended it. */
export interface Tally {
  readonly runs: number;
  readonly before: number;
  readonly following: number;
  readonly after: number;
  readonly ended: number;
  /** What was neither, or was not ended: a defect, in words. */
  readonly faults: readonly string[];
}

/** One tally of many aftermaths. */
export function tallyOf(aftermaths: readonly Aftermath[]): Tally {
  const count = (standing: string): number => aftermaths.filter((one) => one.standing === standing).length;
  return {
    runs: aftermaths.length,
    before: count('before'),
    following: count('following'),
    after: count('after'),
    ended: aftermaths.filter((one) => one.ended === undefined).length,
    faults: aftermaths.flatMap(({ standing, ended }) => [
      ...(standing.startsWith('between') ? [standing] : []),
      ...(ended === undefined ? [] : [ended]),
    ]),
  };
}

/** Kills at one durable step as often as asked, in turns over the trials that have it. */
export async function killAt(step: StepName, trials: readonly Trial[], times: number): Promise<Aftermath[]> {
  const having = trials.filter((trial) => trial.steps.has(step));
  const found: Aftermath[] = [];
  for (let turn = 0; having.length > 0 && turn < times; turn += 1) {
    const trial = having[turn % having.length];
    if (trial === undefined) break;
    const there = trial.steps.get(step) ?? 1;
    const count = 1 + ((Math.floor(turn / having.length) * 7) % there);
    found.push(...(await killed(trial, { step, count })));
  }
  return found;
}

/** Kills before each n-th call of a trial, once each. */
export async function killAtCalls(trial: Trial, every = 1): Promise<Aftermath[]> {
  const found: Aftermath[] = [];
  for (let call = 1; call <= trial.calls.length; call += every) found.push(...(await killed(trial, { call })));
  return found;
}

/** Kills from outside at times spread over a run's own length, every second time with all that it started. */
export async function killAnywhere(trial: Trial, times: number): Promise<Aftermath[]> {
  fresh(trial);
  const start = Date.now();
  await endOf(startVictim(trial));
  const length = Date.now() - start;
  const found: Aftermath[] = [];
  for (let turn = 0; turn < times; turn += 1)
    found.push(...(await killed(trial, { after: (length * (turn + Math.random())) / times, group: turn % 2 === 1 })));
  return found;
}

async function killed(trial: Trial, where: Where): Promise<Aftermath[]> {
  const aftermath = await kill(trial, where);
  return aftermath === undefined ? [] : [aftermath];
}

/** What two runs of the same verb at once said, and whether all was as after one. */
export interface Race {
  readonly won: number;
  readonly told: readonly string[];
  readonly asAfter: boolean;
}

/** Starts the same verb twice at once on one copy. */
export async function race(trial: Trial): Promise<Race> {
  const repo = fresh(trial);
  const both = await Promise.all([startVictim(trial), startVictim(trial)].map(endOf));
  const said = both.map(({ said: text, complaint }) => text.replace('begins\n', '') || complaint);
  const won = said.filter((text) => text.includes('"commit"') && !text.includes('"already":true'));
  return {
    won: won.length,
    told: said.filter((text) => !won.includes(text)),
    asAfter: unlike(stateOf(repo, trial.world), trial.after) === undefined,
  };
}

/** The number of a durable step. */
export function numberOf(step: StepName): number {
  return 1 + durableSteps.findIndex(({ name }) => name === step);
}
