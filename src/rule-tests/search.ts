import type { Expr } from '../query/promql-tree.ts';
import { evaluate, vectorOf } from './evaluate/evaluate.ts';
import { EvaluationFailed, keyOf } from './evaluate/value.ts';
import { type Goal, goalsOf } from './goals.ts';
import type { Choice } from './options.ts';
import type { Group } from './population.ts';
import type { Clock } from './shape.ts';
import type { World } from './world.ts';

/** What a search looks for, in a world whose groups each run as one of their choices says. */
export interface Quest {
  readonly world: World;
  readonly expr: Expr;
  readonly groups: readonly Group[];
  readonly choices: readonly (readonly Choice[])[];
  /** Whether the alert should fire, or stay silent. */
  readonly fires: boolean;
  /** Which parts of the expression had a result at some time: what never had one is why nothing was found. */
  readonly seen?: Set<Expr>;
}

/** How a search goes about it: a few likely combinations, many, or step by step towards the goal. */
export type Effort = 'brief' | 'long' | 'climb';

/** Every effort, the cheapest first. */
export const efforts: readonly Effort[] = ['brief', 'long', 'climb'];

const most = { brief: 150, long: 2000, nearby: 2500, climbs: 6, sweeps: 3 };

/** Finds a choice for each group, by index; undefined where none was found among those that were tried. */
export function search(quest: Quest, effort: Effort): number[] | undefined {
  if (quest.choices.some((choices) => choices.length === 0)) return undefined;
  return effort === 'climb' ? climbing(quest) : inOrder(quest, most[effort]);
}

/** Finds a choice that differs in few groups from one that is known. */
export function searchNear(quest: Quest, from: readonly number[]): number[] | undefined {
  if (quest.choices.some((choices) => choices.length === 0)) return undefined;
  return nearby(quest, from) ?? climbing(quest);
}

/** Whether the alert fires, or is silent, in the world as it is. */
export function isMet({ world, expr, fires }: Pick<Quest, 'world' | 'expr' | 'fires'>): boolean {
  let lasting: Set<string> | undefined;
  for (const time of looks(world.clock)) {
    const found = attempt(expr, world, time);
    if (found === undefined) return false;
    if (!fires) {
      if (found.length > 0) return false;
      continue;
    }
    const keys = new Set(found.filter(({ value }) => Number.isFinite(value)).map(({ labels }) => keyOf(labels)));
    lasting = lasting === undefined ? keys : new Set([...lasting].filter((key) => keys.has(key)));
    if (lasting.size === 0) return false;
  }
  return true;
}

/** Sets the world's series to run as chosen. */
export function choose({ world, groups, choices }: Quest, chosen: readonly number[]): void {
  for (const [index, group] of groups.entries()) set(world, group, choices[index]?.[chosen[index] ?? 0]);
}

function set(world: World, { members }: Group, choice: Choice | undefined): void {
  for (const [index, member] of members.entries())
    world.shapes[member] = choice?.[index % choice.length] ?? { kind: 'none' };
}

/** The evaluations that are looked at: the last, the first at which the condition should hold, and some between. */
function looks({ late, end, interval }: Clock): number[] {
  const steps = Math.round((end - late) / interval);
  return [...new Set([1, 0, 0.5, 0.2, 0.8].map((part) => late + Math.max(1, Math.round(part * steps)) * interval))];
}

function attempt(expr: Expr, world: World, time: number): ReturnType<typeof vectorOf> | undefined {
  try {
    return vectorOf(evaluate(expr, world, time));
  } catch (problem) {
    if (problem instanceof EvaluationFailed) return undefined;
    throw problem;
  }
}

/** Combinations by how far down their choices stand: the likely ones of all groups first. */
function inOrder(quest: Quest, tries: number): number[] | undefined {
  let left = tries;
  const longest = quest.choices.reduce((all, { length }) => all + length, 0);
  for (let sum = 0; sum <= longest; sum += 1) {
    for (const chosen of combinations(
      quest.choices.map(({ length }) => length),
      sum,
    )) {
      choose(quest, chosen);
      if (isMet(quest)) return chosen;
      left -= 1;
      if (left <= 0 || quest.world.work.left <= 0) return undefined;
    }
  }
  return undefined;
}

function* combinations(lengths: readonly number[], sum: number): Generator<number[]> {
  const [length, ...others] = lengths;
  if (length === undefined) {
    if (sum === 0) yield [];
    return;
  }
  for (let index = 0; index <= Math.min(sum, length - 1); index += 1)
    for (const rest of combinations(others, sum - index)) yield [index, ...rest];
}

/** One group changed, then two. */
function nearby(quest: Quest, from: readonly number[]): number[] | undefined {
  let left = most.nearby;
  const tries = function* (): Generator<number[]> {
    yield [...from];
    for (const [group, choices] of quest.choices.entries())
      for (const index of choices.keys()) yield from.map((one, other) => (other === group ? index : one));
    for (const group of quest.groups.keys())
      for (const second of quest.groups.keys())
        for (const index of second > group ? (quest.choices[group] ?? []).keys() : [])
          for (const other of (quest.choices[second] ?? []).keys())
            yield from.map((one, at) => (at === group ? index : at === second ? other : one));
  };
  for (const chosen of tries()) {
    choose(quest, chosen);
    if (isMet(quest)) return chosen;
    left -= 1;
    if (left <= 0 || quest.world.work.left <= 0) return undefined;
  }
  return undefined;
}

/** Changes one group after the other for what makes most parts of the expression as they are wanted. */
function climbing(quest: Quest): number[] | undefined {
  const goals = goalsOf(quest.expr, quest.fires);
  const random = sequence();
  for (let climb = 0; climb < most.climbs; climb += 1) {
    const chosen = quest.choices.map(({ length }) => (climb === 0 ? 0 : Math.floor(random() * length)));
    for (let sweep = 0; sweep < most.sweeps; sweep += 1) {
      for (const group of quest.groups.keys()) {
        if (quest.world.work.left <= 0) return undefined;
        let best = -1;
        const start = Math.floor(random() * (quest.choices[group]?.length ?? 1)) * (sweep === 0 ? 0 : 1);
        for (const step of (quest.choices[group] ?? []).keys()) {
          const index = (start + step) % (quest.choices[group]?.length ?? 1);
          const tried = chosen.map((one, other) => (other === group ? index : one));
          choose(quest, tried);
          const score = reached(goals, quest);
          if (score <= best) continue;
          best = score;
          chosen[group] = index;
        }
      }
      choose(quest, chosen);
      if (isMet(quest)) return chosen;
    }
  }
  return undefined;
}

function reached(goals: readonly Goal[], { world, seen }: Quest): number {
  let score = 0;
  for (const { expr, wanted } of goals)
    for (const time of [world.clock.end, world.clock.late + world.clock.interval]) {
      if ((attempt(expr, world, time)?.length ?? 0) > 0 !== wanted) continue;
      score += 1;
      seen?.add(expr);
    }
  return score;
}

/** The same numbers from 0 to 1 every time. */
function sequence(): () => number {
  let state = 0x2f6e2b1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
