import type { Window } from './samples.ts';
import type { Points } from './value.ts';

type Reduce = (points: Points, window: Window, scalars: readonly number[]) => number | undefined;

const last = (values: readonly number[]): number => values[values.length - 1] ?? Number.NaN;
const first = (values: readonly number[]): number => values[0] ?? Number.NaN;

/**
 * The functions of a range vector, as https://prometheus.io/docs/prometheus/2.47/querying/functions/ describes them.
 * Undefined where a series has no result.
 */
export const rangeFunctions: Readonly<Record<string, Reduce>> = {
  rate: (points, window) => extrapolated(points, window, true, true),
  increase: (points, window) => extrapolated(points, window, true, false),
  delta: (points, window) => extrapolated(points, window, false, false),
  irate: (points) => instant(points, true),
  idelta: (points) => instant(points, false),
  deriv: (points) => (points.values.length < 2 ? undefined : regression(points, first(points.times)).slope),
  predict_linear: (points, { end }, [ahead = 0]) => {
    if (points.values.length < 2) return undefined;
    const { slope, intercept } = regression(points, end);
    return slope * ahead + intercept;
  },
  holt_winters: ({ values }, _window, [smoothing = 0.5, trend = 0.5]) => smoothed(values, smoothing, trend),
  changes: ({ values }) =>
    count(values, (one, before) => one !== before && !(Number.isNaN(one) && Number.isNaN(before))),
  resets: ({ values }) => count(values, (one, before) => one < before),
  avg_over_time: ({ values }) => mean(values),
  min_over_time: ({ values }) => Math.min(...values),
  max_over_time: ({ values }) => Math.max(...values),
  sum_over_time: ({ values }) => sum(values),
  count_over_time: ({ values }) => values.length,
  last_over_time: ({ values }) => last(values),
  present_over_time: () => 1,
  stddev_over_time: ({ values }) => Math.sqrt(variance(values)),
  stdvar_over_time: ({ values }) => variance(values),
  quantile_over_time: ({ values }, _window, [q = Number.NaN]) => quantile(q, values),
};

/** The sum of values; of none it is 0. */
export function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0);
}

/** The mean of values; of none it is no number. */
export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** The variance of a population. */
export function variance(values: readonly number[]): number {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
}

/** A quantile, between two values weighted by their distance. */
export function quantile(q: number, values: readonly number[]): number {
  if (Number.isNaN(q) || values.length === 0) return Number.NaN;
  if (q < 0) return Number.NEGATIVE_INFINITY;
  if (q > 1) return Number.POSITIVE_INFINITY;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = q * (sorted.length - 1);
  const low = Math.floor(rank);
  const weight = rank - low;
  const lower = sorted[low] ?? Number.NaN;
  return lower * (1 - weight) + (sorted[Math.min(low + 1, sorted.length - 1)] ?? lower) * weight;
}

function extrapolated(
  { times, values }: Points,
  window: Window,
  isCounter: boolean,
  isRate: boolean,
): number | undefined {
  if (values.length < 2) return undefined;
  let result = last(values) - first(values);
  if (isCounter)
    for (let index = 1; index < values.length; index += 1) {
      const before = values[index - 1] ?? 0;
      if ((values[index] ?? 0) < before) result += before;
    }
  const sampled = last(times) - first(times);
  const average = sampled / (values.length - 1);
  let toStart = first(times) - window.start;
  const toEnd = window.end - last(times);
  if (isCounter && result > 0 && first(values) >= 0) toStart = Math.min(toStart, sampled * (first(values) / result));
  const reach = (gap: number): number => (gap < average * 1.1 ? gap : average / 2);
  const factor = (sampled + reach(toStart) + reach(toEnd)) / sampled;
  return (result * factor) / (isRate ? window.end - window.start : 1);
}

function instant({ times, values }: Points, isRate: boolean): number | undefined {
  if (values.length < 2) return undefined;
  const [now, before] = [last(values), values[values.length - 2] ?? 0];
  const change = isRate && now < before ? now : now - before;
  return isRate ? change / (last(times) - (times[times.length - 2] ?? 0)) : change;
}

function regression({ times, values }: Points, intercepted: number): { slope: number; intercept: number } {
  if (values.every((value) => value === values[0])) return { slope: 0, intercept: first(values) };
  const xs = times.map((time) => time - intercepted);
  const [middleX, middleY] = [mean(xs), mean(values)];
  const covariance = sum(xs.map((x, index) => (x - middleX) * ((values[index] ?? 0) - middleY)));
  const slope = covariance / sum(xs.map((x) => (x - middleX) ** 2));
  return { slope, intercept: middleY - slope * middleX };
}

function smoothed(values: readonly number[], smoothing: number, trend: number): number | undefined {
  if (values.length < 2) return undefined;
  let [before, now, slope] = [0, first(values), (values[1] ?? 0) - first(values)];
  for (let index = 1; index < values.length; index += 1) {
    slope = index === 1 ? slope : trend * (now - before) + (1 - trend) * slope;
    const next = smoothing * (values[index] ?? 0) + (1 - smoothing) * (now + slope);
    [before, now] = [now, next];
  }
  return now;
}

function count(values: readonly number[], counts: (one: number, before: number) => boolean): number {
  let found = 0;
  for (let index = 1; index < values.length; index += 1)
    if (counts(values[index] ?? 0, values[index - 1] ?? 0)) found += 1;
  return found;
}
