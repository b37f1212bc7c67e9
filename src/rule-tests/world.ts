import { takes } from '../query/promql-selector.ts';
import type { Expr, VectorSelector } from '../query/promql-tree.ts';
import type { Labels } from '../query/routing.ts';
import type { Clock, Shape } from './shape.ts';

/** What a recording rule adds to the world: its expression is evaluated where its name is asked for. */
export interface Recorded {
  readonly expr: Expr;
  readonly labels: Labels;
}

/** What evaluations may still cost, in samples and selectors that are looked at: a search ends with it, on any machine. */
export interface Work {
  left: number;
}

/** All series there are, whose name is their label `__name__`, each with the run of its samples, which the search changes. */
export interface World {
  readonly series: readonly Labels[];
  readonly shapes: Shape[];
  readonly recorded: ReadonlyMap<string, readonly Recorded[]>;
  readonly clock: Clock;
  readonly work: Work;
  /** Which series a selector means; they do not change. */
  readonly meant: Map<VectorSelector, readonly number[]>;
}

/** A world in which nothing has a sample yet. */
export function worldOf(
  series: readonly Labels[],
  recorded: World['recorded'],
  clock: Clock,
  work: Work = { left: Number.POSITIVE_INFINITY },
): World {
  return { series, shapes: series.map(() => ({ kind: 'none' })), recorded, clock, work, meant: new Map() };
}

/** The series a selector means, as indices. */
export function meantBy(world: World, selector: VectorSelector): readonly number[] {
  const known = world.meant.get(selector);
  if (known !== undefined) return known;
  const found = world.series.flatMap((labels, index) => (isMeant(labels, selector) ? [index] : []));
  world.meant.set(selector, found);
  return found;
}

/** Whether labels satisfy a selector: an absent label is an empty one. */
export function isMeant(labels: Labels, { metric, matchers }: VectorSelector): boolean {
  if (metric !== undefined && labels['__name__'] !== metric) return false;
  return matchers.every((matcher) => takes(matcher, labels[matcher.label] ?? ''));
}
