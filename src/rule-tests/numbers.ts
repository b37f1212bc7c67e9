import { isScalar } from '../query/promql-labels.ts';
import { bare, type Expr, nodesOf } from '../query/promql-tree.ts';
import { evaluate } from './evaluate/evaluate.ts';
import { timeFunctions } from './evaluate/instant-functions.ts';
import { worldOf } from './world.ts';

/** The numbers of expressions: the thresholds that values are tried on both sides of, and the ranges, in seconds. */
export interface Numbers {
  readonly thresholds: readonly number[];
  readonly ranges: readonly number[];
  /** Whether a result depends on the time of day: `clock` by its distance to a value, `calendar` by hour, day or month. */
  readonly timed: 'no' | 'clock' | 'calendar';
}

const nowhere = worldOf([], new Map(), { interval: 60, spacing: 60, first: 0, slot: 60, early: 0, late: 0, end: 0 });

/** Reads the numbers of expressions; what is made of numbers alone counts as the number it makes. */
export function numbersOf(trees: readonly Expr[]): Numbers {
  const thresholds = new Set<number>();
  const ranges = new Set<number>();
  let timed: Numbers['timed'] = 'no';
  for (const node of trees.flatMap(nodesOf)) {
    if (node.kind === 'matrix' || node.kind === 'subquery') ranges.add(node.range);
    if (node.kind === 'call' && Object.hasOwn(timeFunctions, node.name)) timed = 'calendar';
    if (node.kind === 'call' && (node.name === 'time' || node.name === 'timestamp') && timed === 'no') timed = 'clock';
    const value = constant(node);
    if (value !== undefined && Number.isFinite(value) && value !== 0) thresholds.add(Math.abs(value));
  }
  return { thresholds: [...thresholds].sort((a, b) => a - b), ranges: [...ranges].sort((a, b) => a - b), timed };
}

function constant(expr: Expr): number | undefined {
  if (!isScalar(expr) || nodesOf(expr).some((node) => node.kind === 'call' && node.name !== 'pi')) return undefined;
  const value = evaluate(bare(expr), nowhere, 0);
  return typeof value === 'number' ? value : undefined;
}

/** Values worth a try, the likely ones first: on both sides of each threshold, between two, and every order of magnitude. */
export function levels({ thresholds }: Numbers): number[] {
  const pairs = thresholds.flatMap((a) => thresholds.filter((b) => b !== a).flatMap((b) => [a * b, a / b]));
  const middles = thresholds.slice(1).map((one, index) => (one + (thresholds[index] ?? 0)) / 2);
  return distinct([
    ...thresholds.map((one) => one * 2),
    0,
    1,
    ...thresholds.map((one) => one / 2),
    ...middles,
    ...thresholds.flatMap((one) => [one + 1, one, one - 1]),
    ...thresholds.flatMap((one) => [one / 100, one * 1.05, one * 0.95]),
    1e9,
    1e3,
    100,
    10,
    ...pairs.slice(0, 12).flatMap((one) => [one, one * 1.5, one / 1.5]),
    0.5,
    0.1,
    1e6,
    0.01,
    1e-3,
    1e-6,
    1e12,
    1e15,
  ]).filter((one) => one >= 0);
}

/** Slopes per second worth a try, all of them rising: for a rate as for an increase over the ranges. */
export function slopes({ thresholds, ranges }: Numbers): number[] {
  return distinct([
    ...thresholds.map((one) => one * 2),
    ...thresholds.flatMap((one) => ranges.map((range) => (one * 2) / range)),
    1,
    ...thresholds.map((one) => one / 2),
    ...thresholds.slice(1).map((one, index) => (one + (thresholds[index] ?? 0)) / 2),
    ...thresholds.flatMap((one) => ranges.flatMap((range) => [(one + 1) / range, one / 2 / range])),
    ...thresholds.flatMap((one) => [one, one * 1.1, one * 0.9, one / 100]),
    10,
    0.1,
    1e3,
    0.01,
    1e6,
    1e-3,
    1e9,
    1e-6,
    1e12,
  ]).filter((one) => one > 0);
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].filter((value) => Number.isFinite(value));
}
