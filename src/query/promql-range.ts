import { metricRange, rateRange, shareRange } from './metric-range.ts';
import { isScalar } from './promql-labels.ts';
import { type Aggregate, type Binary, bare, type Call, comparisons, type Expr } from './promql-tree.ts';
import type { ValueRange } from './value-range.ts';

const anything: ValueRange = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
const positive: ValueRange = [0, Number.POSITIVE_INFINITY];
/** Seconds of a present day: generous enough for every clock that is not broken. */
const now: ValueRange = [1e9, 1e11];
/** Metrics that hold the time of day, or when something was last seen: they run with the clock. */
const clocks = /^(?:container_last_seen|node_time_seconds)$/;

const fixed: Readonly<Record<string, ValueRange>> = {
  absent: [1, 1],
  absent_over_time: [1, 1],
  present_over_time: [1, 1],
  count_over_time: [1, Number.POSITIVE_INFINITY],
  changes: positive,
  resets: positive,
  rate: positive,
  irate: positive,
  increase: positive,
  stddev_over_time: positive,
  stdvar_over_time: positive,
  sqrt: positive,
  exp: positive,
  sgn: [-1, 1],
  sin: [-1, 1],
  cos: [-1, 1],
  hour: [0, 23],
  minute: [0, 59],
  month: [1, 12],
  day_of_month: [1, 31],
  day_of_week: [0, 6],
  day_of_year: [1, 366],
  days_in_month: [28, 31],
  time: now,
  timestamp: now,
  pi: [Math.PI, Math.PI],
};
const passing = new Set(
  'min_over_time max_over_time avg_over_time last_over_time sort sort_desc label_replace label_join vector'.split(' '),
);

/**
 * The values an expression can have, from what its functions can return
 * (https://prometheus.io/docs/prometheus/2.47/querying/functions/). Rates are those of counters, so never negative.
 */
export function valueRange(expr: Expr): ValueRange {
  const node = bare(expr);
  switch (node.kind) {
    case 'number':
      return Number.isNaN(node.value) ? anything : [node.value, node.value];
    case 'selector':
      return metricRange(node.metric) ?? anything;
    case 'matrix':
      return valueRange(node.selector);
    case 'subquery':
      return valueRange(node.expr);
    case 'unary': {
      const [least, greatest] = valueRange(node.expr);
      return node.op === '-' ? [-greatest, -least] : [least, greatest];
    }
    case 'call':
      return called(node);
    case 'aggregate':
      return aggregated(node);
    case 'binary':
      return combined(node);
    default:
      return anything;
  }
}

/** Whether a comparison of values of two ranges holds: for none of them, for all of them, or for some. */
export function holds(op: string, [a, b]: ValueRange, [c, d]: ValueRange): 'never' | 'always' | 'sometimes' {
  switch (op) {
    case '>':
      return verdict(b <= c, a > d);
    case '>=':
      return verdict(b < c, a >= d);
    case '<':
      return verdict(a >= d, b < c);
    case '<=':
      return verdict(a > d, b <= c);
    case '==':
      return verdict(b < c || a > d, a === b && c === d && a === c);
    case '!=':
      return verdict(a === b && c === d && a === c, b < c || a > d);
    default:
      return 'sometimes';
  }
}

function verdict(never: boolean, always: boolean): 'never' | 'always' | 'sometimes' {
  return never ? 'never' : always ? 'always' : 'sometimes';
}

function called({ name, args }: Call): ValueRange {
  const [first] = args;
  if (first === undefined) return fixed[name] ?? anything;
  const inner = bare(first);
  const perSecond = name === 'rate' || name === 'irate';
  const clock = inner.kind === 'matrix' && clocks.test(inner.selector.metric ?? '');
  // A clock runs a second in a second; what is read of it is never far from that.
  if (clock && (perSecond || name === 'deriv')) return [0.5, 1.5];
  const gained = perSecond && inner.kind === 'matrix' ? rateRange(inner.selector.metric) : undefined;
  if (gained !== undefined) return gained;
  const known = Object.hasOwn(fixed, name) ? fixed[name] : undefined;
  if (known !== undefined) return known;
  const [least, greatest] = valueRange(first);
  if (passing.has(name)) return [least, greatest];
  if (name === 'abs') return least >= 0 ? [least, greatest] : positive;
  if (name === 'ceil') return [Math.ceil(least), Math.ceil(greatest)];
  if (name === 'floor') return [Math.floor(least), Math.floor(greatest)];
  if (name === 'sum_over_time' && least >= 0) return positive;
  if (name === 'quantile_over_time' && args[1] !== undefined) return quantile(first, valueRange(args[1]));
  return name.startsWith('clamp') ? clamped(name, [least, greatest], args.slice(1).map(valueRange)) : anything;
}

function clamped(name: string, [least, greatest]: ValueRange, bounds: readonly ValueRange[]): ValueRange {
  const [one = anything, other = anything] = bounds;
  if (name === 'clamp_min') return [Math.max(least, one[0]), Math.max(greatest, one[1])];
  if (name === 'clamp_max') return [Math.min(least, one[0]), Math.min(greatest, one[1])];
  return [one[0], other[1]];
}

/** A quantile outside of 0 to 1 is infinite. */
function quantile(parameter: Expr, inner: ValueRange): ValueRange {
  const [least, greatest] = valueRange(parameter);
  return least >= 0 && greatest <= 1 ? inner : anything;
}

function aggregated({ op, param, expr }: Aggregate): ValueRange {
  const inner = valueRange(expr);
  switch (op) {
    case 'count':
    case 'count_values':
      return op === 'count' ? [1, Number.POSITIVE_INFINITY] : anything;
    case 'group':
      return [1, 1];
    case 'stddev':
    case 'stdvar':
      return positive;
    case 'sum':
      return inner[0] >= 0 ? [inner[0], Number.POSITIVE_INFINITY] : anything;
    case 'quantile':
      return param === undefined ? anything : quantile(param, inner);
    default:
      return inner;
  }
}

function combined(node: Binary): ValueRange {
  const { op, bool, left, right } = node;
  const [one, other] = [valueRange(left), valueRange(right)];
  if (op === 'and' || op === 'unless') return one;
  if (op === 'or') return [Math.min(one[0], other[0]), Math.max(one[1], other[1])];
  if (comparisons.has(op)) {
    if (bool) return [0, 1];
    return isScalar(left) ? narrowed(mirrored[op] ?? op, other, one) : narrowed(op, one, other);
  }
  const share = shareRange(node);
  if (share !== undefined) return share;
  const corners = one.flatMap((a) => other.map((b) => compute(op, a, b)));
  if ((op === '/' && other[0] <= 0) || corners.some(Number.isNaN)) return anything;
  return [Math.min(...corners), Math.max(...corners)];
}

const mirrored: Readonly<Record<string, string>> = { '>': '<', '<': '>', '>=': '<=', '<=': '>=' };

/** What a comparison lets through keeps its value. */
function narrowed(op: string, [least, greatest]: ValueRange, [c, d]: ValueRange): ValueRange {
  if (op === '>' || op === '>=') return [Math.max(least, c), greatest];
  if (op === '<' || op === '<=') return [least, Math.min(greatest, d)];
  return op === '==' ? [Math.max(least, c), Math.min(greatest, d)] : [least, greatest];
}

function compute(op: string, a: number, b: number): number {
  if (op === '+') return a + b;
  if (op === '-') return a - b;
  // Nothing of something endless is not a number to JavaScript, and no bound here.
  if (op === '*') return a === 0 || b === 0 ? 0 : a * b;
  return op === '/' ? a / b : Number.NaN;
}
