import type { Expr } from '../query/promql-tree.ts';
import type { Labels, Recorded } from './world.ts';

/** A scrape target as its series are labelled. */
export interface Target {
  readonly labels: Labels;
  /** Seconds between two scrapes. */
  readonly interval: number;
  /** What it is known to expose, by the first word of the metrics' names; empty where that is not known. */
  readonly speaks: readonly string[];
}

/** All that a test of one alert needs to know. */
export interface AlertSubjectMatter {
  readonly name: string;
  readonly expr: Expr;
  /** Seconds. */
  readonly for: number;
  readonly interval: number;
  /** Labels that the rule's templates name. */
  readonly named: readonly string[];
  readonly recorded: ReadonlyMap<string, readonly Recorded[]>;
  readonly targets: readonly Target[];
}
