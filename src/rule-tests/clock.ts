import { bare, type Expr } from '../query/promql-tree.ts';
import type { Numbers } from './numbers.ts';
import type { Clock } from './shape.ts';
import type { AlertUnderTest } from './under-test.ts';

/** How a test's samples lie: the part of their spacing that the first comes after an evaluation (1/n), and their spacing. */
export interface Sampling {
  readonly phase: number;
  readonly spacing: number;
}

/** Evaluations and samples of a series that a test should not have more of where it can do with fewer. */
const enough = 400;
const day = 86_400;

/** The clocks worth a try for an alert, one for each start: a condition may ask for an hour, or for a time after zero. */
export function clocksFor(alert: AlertUnderTest, numbers: Numbers, { phase, spacing }: Sampling): Clock[] {
  const { reach, stepless } = reachOf(alert, alert.expr);
  return startsFor(numbers).map((wanted) => {
    const duration = wanted + reach + alert.for + 4 * alert.interval + 2 * spacing;
    const interval = stepless ? alert.interval : coarser(alert.interval, duration, alert.for);
    const dense = denseEnough(spacing, duration - wanted, numbers);
    const start = ceilTo(wanted, dense);
    const early = ceilTo(start + reach + 2 * dense, interval) + interval;
    const late = early + ceilTo(numbers.ranges[0] ?? 0, interval);
    const end = late + ceilTo(alert.for, interval) + 2 * interval;
    return { interval, spacing: dense, first: start + dense * phase, slot: dense * phase, early, late, end };
  });
}

/** How far back an expression looks, in seconds; `stepless` where the evaluations themselves are part of what it sees. */
function reachOf(alert: Pick<AlertUnderTest, 'recorded'>, expr: Expr): { reach: number; stepless: boolean } {
  const node = bare(expr);
  const all = (parts: readonly Expr[], more = 0): { reach: number; stepless: boolean } => {
    const reaches = parts.map((part) => reachOf(alert, part));
    return {
      reach: more + Math.max(0, ...reaches.map(({ reach }) => reach)),
      stepless: reaches.some(({ stepless }) => stepless),
    };
  };
  switch (node.kind) {
    case 'selector': {
      const rules = node.metric === undefined ? [] : (alert.recorded.get(node.metric) ?? []);
      return all(
        rules.map((rule) => rule.expr),
        Math.max(0, node.offset ?? 0),
      );
    }
    case 'matrix': {
      const { reach, stepless } = all([node.selector], node.range);
      return {
        reach,
        stepless: stepless || (node.selector.metric !== undefined && alert.recorded.has(node.selector.metric)),
      };
    }
    case 'subquery': {
      const { reach, stepless } = all([node.expr], node.range + Math.max(0, node.offset ?? 0));
      return { reach, stepless: stepless || node.step === undefined };
    }
    case 'unary':
      return all([node.expr]);
    case 'binary':
      return all([node.left, node.right]);
    case 'aggregate':
      return all([node.expr]);
    case 'call':
      return all(node.args);
    default:
      return all([]);
  }
}

/** Tests begin at 1970-01-01T00:00:00Z, a Thursday. */
function startsFor({ timed, thresholds }: Numbers): number[] {
  if (timed === 'no') return [0];
  if (timed === 'clock')
    return [0, ...thresholds.filter((one) => one >= 60 && one <= 40 * day).map((one) => Math.ceil(one * 2.2))];
  const hours = [0, 3, 6, 9, 12, 15, 18, 21, 23];
  return [0, 1, 2, 3, 4].flatMap((days) => hours.map((hour) => days * day + hour * 3600));
}

/** A long test is evaluated more seldom, but several times within `for`. */
function coarser(interval: number, duration: number, lasting: number): number {
  const most = Math.min(lasting > 0 ? lasting / 4 : Number.POSITIVE_INFINITY, duration / enough);
  return interval * Math.max(1, Math.floor(most / interval));
}

/** Long ranges are as well filled by fewer samples, as long as none is stale. */
function denseEnough(spacing: number, duration: number, { ranges }: Numbers): number {
  const most = Math.min(240, duration / enough, (ranges[0] ?? Number.POSITIVE_INFINITY) / 20);
  return spacing * Math.max(1, Math.floor(most / spacing));
}

function ceilTo(value: number, step: number): number {
  return Math.ceil(value / step - 1e-9) * step;
}
