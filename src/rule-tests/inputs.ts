import { type Expr, nodesOf } from '../query/promql-tree.ts';
import type { Labels } from '../query/routing.ts';
import { clocksFor, type Sampling } from './clock.ts';
import { neverReached } from './goals.ts';
import { reachable } from './labels.ts';
import { numbersOf } from './numbers.ts';
import { type Choice, choicesFor, isOneWhenWell } from './options.ts';
import { type Group, type Population, populations } from './population.ts';
import { choose, efforts, isMet, type Quest, search, searchNear } from './search.ts';
import type { Clock, Shape } from './shape.ts';
import type { AlertUnderTest } from './under-test.ts';
import { type World, worldOf } from './world.ts';

/** The input of one unit test: series and how they run. */
export interface Input {
  readonly clock: Clock;
  readonly series: readonly { readonly labels: Labels; readonly shape: Shape }[];
}

/** What is different in the silent input: values and numbers of series, or that some, or all, are not there. */
export type Healthy = 'values' | 'absent' | 'nothing';

/** What the search for an alert came to: an input for which it should fire, and one for which it should not. */
export interface Inputs {
  readonly firing: Input;
  /** Undefined where the alert seems to fire whatever its series are. */
  readonly silent?: { readonly input: Input; readonly healthy: Healthy };
  /** All series as they are while all is well, and no series at all. */
  readonly well: Input;
  readonly nothing: Input;
}

/** Why nothing was found: parts of the expression that never had a result. */
export interface NothingFound {
  readonly never: readonly Expr[];
}

/** What the search for one alert may cost. */
const budget = { firing: 2.5e6, silent: 1.5e6 };

/** Finds inputs for an alert, with samples as given; `skip` leaves out what was found before. @throws Unsupported */
export function inputsFor(alert: AlertUnderTest, sampling: Sampling, skip = 0): Inputs | NothingFound {
  const numbers = numbersOf(reachable(alert));
  const work = { left: budget.firing };
  const seen = new Set<Expr>();
  let before = skip;
  const clocks = clocksFor(alert, numbers, sampling);
  const ways = populations(alert, numbers.thresholds).flatMap((population, rank) =>
    clocks.map((clock, late) => ({ population, clock, rank: rank + late })),
  );
  const quests = ways
    .sort((a, b) => a.rank - b.rank)
    .map(({ population, clock }) => {
      const world = worldOf(population.series, alert.recorded, clock, work);
      const choices = population.groups.map((group) => choicesFor(group, numbers, clock));
      return { population, quest: { world, expr: alert.expr, groups: population.groups, choices, fires: true, seen } };
    });
  for (const effort of efforts) {
    for (const { quest, population } of quests) {
      const found = search(quest, effort);
      if (found !== undefined) {
        before -= 1;
        if (before >= 0) continue;
        choose(quest, found);
        const firing = inputOf(quest.world, population);
        work.left = budget.silent;
        return { firing, ...silence({ quest, population }, found, quests) };
      }
      if (work.left <= 0) return { never: neverReached(alert.expr, seen) };
    }
  }
  return { never: neverReached(alert.expr, seen) };
}

function inputOf(world: World, { series }: Population): Input {
  return {
    clock: world.clock,
    series: series.flatMap((labels, index) => {
      const shape = world.shapes[index];
      return shape === undefined || shape.kind === 'none' ? [] : [{ labels, shape }];
    }),
  };
}

/** A quest in one of the ways to populate the world. */
interface Way {
  readonly quest: Quest;
  readonly population: Population;
}

/**
 * The same series with other values, or more or fewer of them, all that is known to be 1 while all is well being 1; else
 * some that are not there, or none at all.
 */
function silence(firing: Way, found: readonly number[], ways: readonly Way[]): Omit<Inputs, 'firing'> {
  const { quest, population } = firing;
  const there = wellThere(quest);
  const near: Quest = { ...quest, choices: there, fires: false };
  const first = there.map(() => 0);
  const none: Quest = { ...near, choices: there.map(() => [[{ kind: 'none' }]]) };
  const known = { well: chosenInput(near, first, population), nothing: chosenInput(none, first, population) };
  const silent = (input: Input, healthy: Healthy): Omit<Inputs, 'firing'> => ({ ...known, silent: { input, healthy } });
  const start = there.map((list, index) =>
    Math.max(0, list.indexOf(quest.choices[index]?.[found[index] ?? 0] ?? [{ kind: 'none' }])),
  );
  const asMany = searchNear(near, start);
  if (asMany !== undefined) return silent(chosenInput(near, asMany, population), 'values');
  for (const way of ways.filter(({ quest: other }) => other !== quest && other.world.clock === quest.world.clock)) {
    const other: Quest = { ...way.quest, choices: wellThere(way.quest), fires: false };
    const more = search(other, 'brief');
    if (more !== undefined) return silent(chosenInput(other, more, way.population), 'values');
  }
  const fewer: Quest = {
    ...near,
    choices: quest.groups.map((group, index) => wellChoices(group, quest.choices[index] ?? [])),
  };
  const left = searchNear(fewer, first);
  if (left !== undefined) return silent(chosenInput(fewer, left, population), 'absent');
  choose(none, first);
  return isMet(none) ? silent(known.nothing, 'nothing') : known;
}

function chosenInput(quest: Quest, chosen: readonly number[], population: Population): Input {
  choose(quest, chosen);
  return inputOf(quest.world, population);
}

function wellThere({ groups, choices }: Quest): (readonly Choice[])[] {
  return groups.map((group, index) =>
    wellChoices(group, choices[index] ?? []).filter(
      (choice) => group.role === 'other' || choice.some(({ kind }) => kind !== 'none'),
    ),
  );
}

function wellChoices({ metric }: Group, choices: readonly Choice[]): readonly Choice[] {
  if (!isOneWhenWell(metric)) return choices;
  return choices.filter(([shape]) => shape.kind === 'none' || (shape.kind === 'flat' && shape.value === 1));
}

/** Whether an expression asks for any series at all: one that does not fires for ever by intent. */
export function asksForSeries({ expr }: AlertUnderTest): boolean {
  return nodesOf(expr).some(({ kind }) => kind === 'selector');
}
