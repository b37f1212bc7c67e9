import { levels, type Numbers, slopes } from './numbers.ts';
import type { Group } from './population.ts';
import type { Clock, Shape } from './shape.ts';
import type { Use } from './uses.ts';

/** Metrics that are 1 or 0, and 1 while all is well: https://prometheus.io/docs/concepts/jobs_instances/, and exporters after it. */
const switches = /^up$|_up$|^probe_success$|_reload_successful$/;
const counters = /_(?:total|count|bucket)$/;
const most = 90;
const none: Shape = { kind: 'none' };
const rising: Shape = { kind: 'ramp', value: 1, slope: 1 };

/** Whether a metric is known to be 1 while all is well. */
export function isOneWhenWell(metric: string): boolean {
  return switches.test(metric);
}

/** Runs for the members of a group in their order, over again where there are more members. */
export type Choice = readonly [Shape, ...Shape[]];

/** The runs of samples worth a try for a group of series, the likely ones first. */
export function choicesFor(group: Group, numbers: Numbers, clock: Clock): Choice[] {
  if (group.bounds !== undefined) return histograms(group.bounds, numbers);
  return shapesFor(group, numbers, clock).map((shape): Choice => [shape]);
}

/** Every observation in one bucket: the highest that still counts as high first, then the others from below. */
function histograms(bounds: readonly number[], numbers: Numbers): Choice[] {
  const rates = [1, ...slopes(numbers).slice(0, 3)];
  const places = [...new Set(bounds)].filter(Number.isFinite);
  const shape = (slope: number): Shape =>
    slope === 0 ? { kind: 'flat', value: 0 } : { kind: 'ramp', value: 0, slope };
  const choices = [...places.reverse(), 0].flatMap((place) =>
    rates.map((rate) => bounds.map((bound) => shape(bound >= place ? rate : 0))),
  );
  return [...choices, bounds.map(() => shape(0)), bounds.map((): Shape => ({ kind: 'none' }))].flatMap(
    ([first, ...others]) => (first === undefined ? [] : [[first, ...others] as const]),
  );
}

function shapesFor({ metric, uses, role }: Group, numbers: Numbers, clock: Clock): Shape[] {
  const isUsed = (...some: readonly Use[]): boolean => some.some((use) => uses.includes(use));
  const likely = [
    ...(isUsed('offset', 'absent') ? lives : []),
    ...(role === 'other' || isUsed('absent') ? [none] : []),
    ...valuesFor(metric, isUsed, numbers, clock),
  ];
  const seldom = isUsed('rate')
    ? bends()
    : isUsed('raw') && numbers.ranges.length > 0
      ? [...lives, ...steps(numbers)]
      : [];
  const possible = (shapes: readonly Shape[]): Shape[] => shapes.filter((shape) => isPossible(shape, metric));
  return distinct([...distinct(possible(likely)).slice(0, most), ...possible(seldom), none]);
}

function valuesFor(
  metric: string,
  isUsed: (...some: readonly Use[]) => boolean,
  numbers: Numbers,
  clock: Clock,
): Shape[] {
  if (metric === 'ALERTS' || metric.endsWith('_info')) return [{ kind: 'flat', value: 1 }];
  if (isOneWhenWell(metric)) return [...switched];
  const flat = levels(numbers).map((value): Shape => ({ kind: 'flat', value }));
  return [
    ...(isUsed('rate') ? rated(numbers) : []),
    ...(isUsed('changes') ? [rising, ...steps(numbers)] : []),
    ...(isUsed('trend') ? trends(numbers) : []),
    ...(isUsed('resets', 'spread', 'changes') ? waves(numbers) : []),
    ...(isUsed('raw') && numbers.timed !== 'no' ? clocks(numbers, clock) : []),
    ...(isUsed('raw', 'trend') ? flat : []),
    ...(isUsed('offset', 'absent') ? steps(numbers) : []),
    ...(isUsed('raw') ? [rising, ...negative(numbers, metric)] : []),
    { kind: 'flat', value: 1 },
    { kind: 'flat', value: 0 },
  ];
}

const switched: readonly Shape[] = [
  { kind: 'flat', value: 0 },
  { kind: 'flat', value: 1 },
  { kind: 'wave', low: 0, high: 1 },
  { kind: 'step', before: 0, after: 1, at: 'late' },
  { kind: 'step', before: 1, after: 0, at: 'late' },
];

function rated(numbers: Numbers): Shape[] {
  const ramps = slopes(numbers).map((slope): Shape => ({ kind: 'ramp', value: 0, slope }));
  const [first, ...others] = ramps;
  return [...(first === undefined ? [] : [first]), { kind: 'flat', value: 1 }, ...others];
}

/** Falling and rising runs that stay above zero for a while yet. */
function trends(numbers: Numbers): Shape[] {
  return slopes(numbers)
    .slice(0, 20)
    .flatMap((slope): Shape[] => [
      { kind: 'ramp', value: slope * 600, slope: -slope },
      { kind: 'ramp', value: 0, slope },
      { kind: 'ramp', value: slope * 14_400, slope: -slope },
      { kind: 'ramp', value: slope * 86_400, slope: -slope },
    ]);
}

function waves({ thresholds }: Numbers): Shape[] {
  return [1, ...thresholds.map((one) => one * 4), 1e6].map((high): Shape => ({ kind: 'wave', low: 0, high }));
}

function steps({ thresholds }: Numbers): Shape[] {
  const heights = [...thresholds.flatMap((one) => [one * 2, one + 1]), 1, 1e6];
  return (['late', 'early'] as const).flatMap((at) =>
    heights.flatMap((value): Shape[] => [
      { kind: 'step', before: 1, after: value + 1, at },
      { kind: 'step', before: value + 1, after: 1, at },
      { kind: 'step', before: 0, after: value, at },
      { kind: 'step', before: value, after: 0, at },
    ]),
  );
}

/** Counters that run faster or slower than before. */
function bends(): Shape[] {
  return [
    [1, 100],
    [100, 1],
    [1, 0],
    [0, 1],
    [1, 1e5],
  ].flatMap(([before = 0, after = 0]) =>
    (['early', 'late'] as const).map((at): Shape => ({ kind: 'bend', before, after, at })),
  );
}

/** Series that end or begin. */
const lives: readonly Shape[] = (['late', 'early'] as const).flatMap((at): Shape[] => [
  { kind: 'gone', value: 1, at },
  { kind: 'new', value: 1, at },
]);

/** Times: now, and on both sides of each threshold before and after. */
function clocks({ thresholds }: Numbers, { end }: Clock): Shape[] {
  const products = thresholds.flatMap((one) => thresholds.filter((other) => other > one).map((other) => one * other));
  return [
    ...[...thresholds, ...products.slice(0, 6)]
      .flatMap((one) => [end - one * 2, end - one / 2, end + one / 2, end + one * 2])
      .map((value): Shape => ({ kind: 'flat', value })),
    { kind: 'ramp', value: 0, slope: 1 },
    { kind: 'flat', value: 1 },
    { kind: 'flat', value: 1e12 },
  ];
}

/** Most metrics are never below zero. */
function negative(numbers: Numbers, metric: string): Shape[] {
  if (/_(?:bytes|ratio|percent|seconds_sum)$/.test(metric)) return [];
  return levels(numbers)
    .slice(1, 11)
    .flatMap((value): Shape[] => (value === 0 ? [] : [{ kind: 'flat', value: -value }]));
}

/** A counter falls to zero alone, and is never below it. */
function isPossible(shape: Shape, metric: string): boolean {
  if (!counters.test(metric)) return true;
  if (shape.kind === 'flat') return shape.value >= 0;
  if (shape.kind === 'ramp') return shape.slope >= 0;
  return shape.kind !== 'step' || shape.before <= shape.after || shape.after === 0;
}

function distinct(shapes: readonly Shape[]): Shape[] {
  return [...new Map(shapes.map((shape) => [JSON.stringify(shape), shape])).values()];
}
