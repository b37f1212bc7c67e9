import { keptByAbsent } from '../../query/promql-labels.ts';
import { takes } from '../../query/promql-selector.ts';
import { bare, type Call, type Expr, type VectorSelector } from '../../query/promql-tree.ts';
import type { Labels } from '../../query/routing.ts';
import { indexAt, timeOf, valueAt } from '../shape.ts';
import { meantBy, type World } from '../world.ts';
import { aggregated } from './aggregate.ts';
import { combined } from './binary.ts';
import { histogramQuantile } from './histogram.ts';
import { labelJoin, labelReplace, mapped, timeFunctions, valueFunctions } from './instant-functions.ts';
import { rangeFunctions } from './range-functions.ts';
import { sampled, stepped, type Window } from './samples.ts';
import { dropName, type Element, type Points, Unsupported, type Value } from './value.ts';

/** How far back an instant selector looks (https://prometheus.io/docs/prometheus/2.47/querying/basics/#staleness). */
const lookback = 300;

/**
 * Evaluates an expression in a world at a time. It serves to find inputs that are worth asking promtool about; the word
 * is promtool's.
 * @throws EvaluationFailed where Prometheus would refuse, Unsupported where this does not know what it would do.
 */
export function evaluate(expr: Expr, world: World, time: number): Value {
  const node = bare(expr);
  world.work.left -= 1;
  switch (node.kind) {
    case 'number':
    case 'string':
      return node.value;
    case 'unary': {
      const value = evaluate(node.expr, world, time);
      if (node.op === '+') return value;
      return typeof value === 'number' ? -value : mapped(vectorOf(value), (one) => -one);
    }
    case 'selector':
      return selected(node, world, time);
    case 'matrix':
    case 'subquery':
      throw new Unsupported('a range where an instant vector is needed');
    case 'binary':
      return combined(node, evaluate(node.left, world, time), evaluate(node.right, world, time));
    case 'aggregate': {
      const param = node.param === undefined ? 0 : evaluate(node.param, world, time);
      const vector = vectorOf(evaluate(node.expr, world, time));
      return aggregated(node, vector, typeof param === 'object' ? Number.NaN : param);
    }
    case 'call':
      return called(node, world, time);
  }
}

/** The value as a vector: a number is none. */
export function vectorOf(value: Value): readonly Element[] {
  return typeof value === 'object' ? value : [];
}

function called(node: Call, world: World, time: number): Value {
  const { name, args } = node;
  const reduce = rangeFunctions[name];
  if (reduce !== undefined) return reduced(node, world, time);
  if (name === 'absent_over_time') return absent(args[0], ranged(args[0], world, time).points.length > 0);
  const values = args.map((arg) => evaluate(arg, world, time));
  const scalars = values.filter((value) => typeof value === 'number');
  const texts = values.filter((value) => typeof value === 'string');
  const vector = vectorOf(values.find((value) => typeof value === 'object') ?? 0);
  const ofTime = timeFunctions[name];
  if (ofTime !== undefined) return args.length === 0 ? [{ labels: {}, value: ofTime(time) }] : mapped(vector, ofTime);
  const change = valueFunctions[name];
  if (change !== undefined) return mapped(vector, (value) => change(value, ...scalars));
  switch (name) {
    case 'time':
      return time;
    case 'pi':
      return Math.PI;
    case 'vector':
      return [{ labels: {}, value: scalars[0] ?? Number.NaN }];
    case 'scalar':
      return vector.length === 1 ? (vector[0]?.value ?? Number.NaN) : Number.NaN;
    case 'timestamp':
      return vector.map((element) => ({ labels: dropName(element.labels), value: element.time ?? time }));
    case 'sort':
    case 'sort_desc':
      return vector;
    case 'absent':
      return absent(args[0], vector.length > 0);
    case 'label_replace':
      return labelReplace(vector, texts);
    case 'label_join':
      return labelJoin(vector, texts);
    case 'histogram_quantile':
      return histogramQuantile(scalars[0] ?? Number.NaN, vector);
    default:
      throw new Unsupported(`the function "${name}"`);
  }
}

/** `absent` has the labels that its selector asks for by equality. */
function absent(arg: Expr | undefined, isThere: boolean): Element[] {
  if (isThere) return [];
  const selector = arg?.kind === 'matrix' ? arg.selector : arg;
  if (selector?.kind !== 'selector') return [{ labels: {}, value: 1 }];
  return [{ labels: Object.fromEntries(keptByAbsent(selector).map(({ label, value }) => [label, value])), value: 1 }];
}

function selected(node: VectorSelector, world: World, time: number): Element[] {
  const at = shifted(node, time);
  const rules = node.metric === undefined ? undefined : world.recorded.get(node.metric);
  const recorded =
    rules === undefined
      ? []
      : recordedAt(node, world, Math.floor(at / world.clock.interval + 1e-9) * world.clock.interval);
  const index = indexAt(world.clock, at);
  world.work.left -= 5;
  const taken = timeOf(world.clock, index);
  if (index < 0 || at - taken > lookback) return recorded;
  const own = meantBy(world, node).flatMap((series): Element[] => {
    const shape = world.shapes[series];
    const value = shape === undefined ? undefined : valueAt(shape, world.clock, index);
    return value === undefined ? [] : [{ labels: world.series[series] ?? {}, value, time: taken }];
  });
  return recorded.length === 0 ? own : [...recorded, ...own];
}

/** What the recording rules of a name give at an evaluation. */
function recordedAt({ metric = '', matchers }: VectorSelector, world: World, time: number): Element[] {
  return (world.recorded.get(metric) ?? []).flatMap(({ expr, labels }) =>
    vectorOf(evaluate(expr, world, time)).flatMap((element): Element[] => {
      const recorded: Labels = { ...element.labels, ...labels, __name__: metric };
      const isAsked = matchers.every((matcher) => takes(matcher, recorded[matcher.label] ?? ''));
      return isAsked ? [{ labels: recorded, value: element.value, time }] : [];
    }),
  );
}

function shifted({ offset = 0, pinned }: { readonly offset?: number; readonly pinned?: string }, time: number): number {
  if (pinned === 'timestamp') throw new Unsupported('a time fixed by "@"');
  return time - offset;
}

function reduced({ name, args }: Call, world: World, time: number): Element[] {
  const reduce = rangeFunctions[name];
  const range = args.find(({ kind }) => kind === 'matrix' || kind === 'subquery');
  const scalars = args.filter((arg) => arg !== range).map((arg) => Number(evaluate(arg, world, time)));
  const { points, window } = ranged(range, world, time);
  return points.flatMap((one) => {
    const value = reduce?.(one, window, scalars);
    const labels = name === 'last_over_time' ? one.labels : dropName(one.labels);
    return value === undefined ? [] : [{ labels, value }];
  });
}

function ranged(range: Expr | undefined, world: World, time: number): { points: Points[]; window: Window } {
  if (range?.kind === 'matrix') {
    const end = shifted(range.selector, time);
    const window = { start: end - range.range, end };
    const { metric } = range.selector;
    if (metric !== undefined && world.recorded.has(metric)) {
      const step = world.clock.interval;
      return { points: stepped(window, step, (at) => recordedAt(range.selector, world, at)), window };
    }
    return { points: sampled(range.selector, world, window), window };
  }
  if (range?.kind !== 'subquery') throw new Unsupported('a function of a range without one');
  const end = shifted(range, time);
  const window = { start: end - range.range, end };
  const step = range.step ?? world.clock.interval;
  return { points: stepped(window, step, (at) => vectorOf(evaluate(range.expr, world, at))), window };
}
