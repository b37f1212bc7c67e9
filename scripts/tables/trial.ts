import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StepName } from '../../src/apply/steps.ts';
import { messageOf } from '../../src/model/message.ts';
import { probed } from './probe.ts';
import { checkObjects, leftovers, type Standing, type State, standingOf, stateOf, unlike } from './state.ts';
import { applied, copyOf, run, type Verb, type World } from './worlds.ts';

/** A verb on a world: both states, and how many calls and steps lie between them. */
export interface Trial {
  readonly world: World;
  readonly verb: Verb;
  readonly place: string;
  readonly before: State;
  readonly after: State;
  readonly calls: readonly string[];
  readonly steps: ReadonlyMap<StepName, number>;
}

/** What became of a run that did not end, and of the run after it; `ended` is why the second run did not end it. */
export interface Aftermath {
  readonly standing: Standing;
  readonly ended?: string;
}

/** Runs a verb once without disturbance, to know where it leads and by which calls. */
export function trialOf(verb: Verb, given: World): Trial {
  const world = verb === 'rollback' ? applied(given) : given;
  const place = join(mkdtempSync(join(tmpdir(), 'stackproof-trial-')), 'repo');
  copyOf(world, place);
  const before = stateOf(place, world);
  const calls: string[] = [];
  const steps = new Map<StepName, number>();
  const outside = probed(
    (name, act) => {
      calls.push(name);
      return act();
    },
    (name) => steps.set(name, (steps.get(name) ?? 0) + 1),
  );
  const done = run(verb, world, place, outside);
  if ('refused' in done) throw new Error(`${verb} on "${world.name}" is refused: ${done.refused}`);
  return { world, verb, place, before, after: stateOf(place, world), calls, steps };
}

/** A fresh copy for one disturbance. */
export function fresh({ world, place }: Trial): string {
  return copyOf(world, place);
}

/** Looks at what a disturbed run left, runs the verb again without disturbance, and looks again. */
export function aftermathOf({ world, verb, place, before, after }: Trial): Aftermath {
  checkObjects(place);
  const standing = standingOf(stateOf(place, world), before, after);
  try {
    const again = run(verb, world, place);
    if ('refused' in again && !isDone(again.refused, standing)) return { standing, ended: `refused: ${again.refused}` };
  } catch (problem) {
    return { standing, ended: `broke: ${messageOf(problem)}` };
  }
  const differs = unlike(stateOf(place, world), after);
  if (differs !== undefined) return { standing, ended: `${differs} is not as after` };
  const left = leftovers(place);
  return left.length === 0 ? { standing } : { standing, ended: `left behind: ${left.join(', ')}` };
}

/** A rollback that was all done but for its last words is told so by the second. */
function isDone(refused: string | readonly string[], standing: Standing): boolean {
  return standing === 'after' && String(refused).includes('was rolled back already');
}
