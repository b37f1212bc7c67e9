import type { Product } from '../model/stack.ts';
import type { Expr } from '../query/promql-tree.ts';
import type { Labels } from '../query/routing.ts';
import type { Recorded } from './world.ts';

/** A scrape target as its series are labelled. */
export interface Target {
  readonly labels: Labels;
  /** Seconds between two scrapes. */
  readonly interval: number;
  /** What it is, where a service of the stack is behind it. */
  readonly product?: Product;
}

/** An alerting rule with all that a test of it rests on. */
export interface AlertUnderTest {
  readonly name: string;
  readonly expr: Expr;
  /** The expression as written. */
  readonly text: string;
  /** Seconds. */
  readonly for: number;
  /** Seconds between two evaluations. */
  readonly interval: number;
  /** Labels that the rule's templates name. */
  readonly named: readonly string[];
  readonly recorded: ReadonlyMap<string, readonly Recorded[]>;
  readonly targets: readonly Target[];
  /** Whether the server takes series that others push to it: how often they come is not known. */
  readonly receives: boolean;
  /** A rule file with the rule as it is written, after the recording rules it rests on. */
  readonly ruleFile: string;
  /** Names of that file's groups, in the order they are evaluated in. */
  readonly order: readonly string[];
  readonly externalLabels: Labels;
  /** Whether a template asks Prometheus a query of its own, which a test has no answer to. */
  readonly asksQueries: boolean;
}
