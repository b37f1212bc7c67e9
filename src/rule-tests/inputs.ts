import { nodesOf } from '../query/promql-tree.ts';
import { clocksFor, type Sampling } from './clock.ts';
import { reachable } from './labels.ts';
import { numbersOf } from './numbers.ts';
import { type Choice, choicesFor, isOneWhenWell } from './options.ts';
import { type Group, type Population, populations } from './population.ts';
import { choose, efforts, isMet, type Quest, search, searchNear } from './search.ts';
import type { Clock, Shape } from './shape.ts';
import type { AlertSubjectMatter } from './subject.ts';
import { type Labels, type World, worldOf } from './world.ts';

/** The input of one unit test: series and how they run. */
export interface Input {
  readonly clock: Clock;
  readonly series: readonly { readonly labels: Labels; readonly shape: Shape }[];
}

/** What the search for an alert came to: inputs for which it should fire, and the like of the first for which it should not. */
export interface Inputs {
  readonly firing: Input;
  /** Undefined where the alert fires whatever its series are. */
  readonly silent?: Input;
  /** What is different in the silent one: values alone, or series that are not there. */
  readonly healthy: 'values' | 'absent' | 'nothing';
}

/** What the search for one alert may cost. */
const budget = { firing: 2.5e6, silent: 1.5e6 };

/** Finds inputs for an alert, with samples as given; undefined where none was found. */
export function inputsFor(matter: AlertSubjectMatter, sampling: Sampling): Inputs | undefined {
  const numbers = numbersOf(reachable(matter));
  const work = { left: budget.firing };
  const clocks = clocksFor(matter, numbers, sampling);
  const ways = populations(matter, numbers.thresholds).flatMap((population, rank) =>
    clocks.map((clock, late) => ({ population, clock, rank: rank + late })),
  );
  const quests = ways
    .sort((a, b) => a.rank - b.rank)
    .map(({ population, clock }) => {
      const world = worldOf(population.series, matter.recorded, clock, work);
      const choices = population.groups.map((group) => choicesFor(group, numbers, clock));
      return { population, quest: { world, expr: matter.expr, groups: population.groups, choices, fires: true } };
    });
  for (const effort of efforts) {
    for (const { quest, population } of quests) {
      const found = search(quest, effort);
      if (found !== undefined) {
        choose(quest, found);
        const firing = inputOf(quest.world, population);
        work.left = budget.silent;
        return { firing, ...silence({ quest, population }, found, quests) };
      }
      if (work.left <= 0) return undefined;
    }
  }
  return undefined;
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
function silence(firing: Way, found: readonly number[], ways: readonly Way[]): Pick<Inputs, 'silent' | 'healthy'> {
  const { quest, population } = firing;
  const there = wellThere(quest);
  const start = there.map((list, index) =>
    Math.max(0, list.indexOf(quest.choices[index]?.[found[index] ?? 0] ?? [{ kind: 'none' }])),
  );
  const near = { ...quest, choices: there, fires: false };
  const asMany = searchNear(near, start);
  if (asMany !== undefined) return quiet(near, asMany, population, 'values');
  for (const way of ways.filter(({ quest: other }) => other !== quest && other.world.clock === quest.world.clock)) {
    const other: Quest = { ...way.quest, choices: wellThere(way.quest), fires: false };
    const more = search(other, 'brief');
    if (more !== undefined) return quiet(other, more, way.population, 'values');
  }
  const fewer: Quest = {
    ...quest,
    choices: quest.groups.map((group, index) => wellChoices(group, quest.choices[index] ?? [])),
    fires: false,
  };
  const left = searchNear(
    fewer,
    fewer.choices.map(() => 0),
  );
  if (left !== undefined) return quiet(fewer, left, population, 'absent');
  const none: Quest = { ...fewer, choices: fewer.choices.map(() => [[{ kind: 'none' }]]) };
  const nothing = none.choices.map(() => 0);
  choose(none, nothing);
  return isMet(none) ? quiet(none, nothing, population, 'nothing') : { healthy: 'nothing' };
}

function quiet(
  quest: Quest,
  chosen: readonly number[],
  population: Population,
  healthy: Inputs['healthy'],
): Pick<Inputs, 'silent' | 'healthy'> {
  choose(quest, chosen);
  return { silent: inputOf(quest.world, population), healthy };
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
export function asksForSeries({ expr }: AlertSubjectMatter): boolean {
  return nodesOf(expr).some(({ kind }) => kind === 'selector');
}
