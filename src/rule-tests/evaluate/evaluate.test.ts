import { describe, expect, it } from 'vitest';
import { treeOf } from '../../query/promql.ts';
import type { Labels } from '../../query/routing.ts';
import type { Shape } from '../shape.ts';
import { worldOf } from '../world.ts';
import { evaluate } from './evaluate.ts';
import { EvaluationFailed, Unsupported } from './value.ts';

const series: readonly (readonly [Labels, Shape])[] = [
  [
    { __name__: 'up', job: 'a', instance: '1' },
    { kind: 'flat', value: 1 },
  ],
  [
    { __name__: 'up', job: 'a', instance: '2' },
    { kind: 'flat', value: 0 },
  ],
  [
    { __name__: 'up', job: 'b', instance: '3' },
    { kind: 'flat', value: 1 },
  ],
  [
    { __name__: 'c_total', job: 'a', instance: '1' },
    { kind: 'ramp', value: 0, slope: 2 },
  ],
  [
    { __name__: 'c_total', job: 'a', instance: '2' },
    { kind: 'wave', low: 0, high: 10 },
  ],
  [
    { __name__: 'free', job: 'a', instance: '1' },
    { kind: 'ramp', value: 600, slope: -1 },
  ],
  [
    { __name__: 'level', job: 'a' },
    { kind: 'step', before: 1, after: 5, at: 'late' },
  ],
  [
    { __name__: 'left', job: 'a' },
    { kind: 'gone', value: 3, at: 'late' },
  ],
  [
    { __name__: 'info', job: 'a', team: 't' },
    { kind: 'flat', value: 1 },
  ],
  [
    { __name__: 'b_bucket', le: '1' },
    { kind: 'ramp', value: 0, slope: 1 },
  ],
  [
    { __name__: 'b_bucket', le: '2' },
    { kind: 'ramp', value: 0, slope: 3 },
  ],
  [
    { __name__: 'b_bucket', le: '+Inf' },
    { kind: 'ramp', value: 0, slope: 4 },
  ],
];

function result(expr: string): unknown {
  const tree = treeOf(expr);
  if (tree === undefined) throw new Error(`not read: ${expr}`);
  const clock = { interval: 15, spacing: 15, first: 7.5, slot: 7.5, early: 3600, late: 3660, end: 3720 };
  const world = worldOf(
    series.map(([labels]) => labels),
    new Map(),
    clock,
  );
  world.shapes.splice(0, world.shapes.length, ...series.map(([, shape]) => shape));
  const value = evaluate(tree, world, clock.end);
  return typeof value === 'object' ? value.map((one) => [{ ...one.labels }, Number(one.value.toFixed(6))]) : value;
}

describe('an expression in a made up world', () => {
  it.each([
    ['up == 0', [[{ __name__: 'up', job: 'a', instance: '2' }, 0]]],
    [
      'count by (job) (up == 1) / count by (job) (up)',
      [
        [{ job: 'a' }, 0.5],
        [{ job: 'b' }, 1],
      ],
    ],
    ['rate(c_total{instance="1"}[5m])', [[{ job: 'a', instance: '1' }, 2]]],
    ['resets(c_total{instance="2"}[1m])', [[{ job: 'a', instance: '2' }, 1]]],
    ['changes(c_total{instance="2"}[1m])', [[{ job: 'a', instance: '2' }, 3]]],
    ['predict_linear(free[10m], 600) <= 0', [[{ job: 'a', instance: '1' }, 0]]],
    ['level - level offset 5m', [[{ job: 'a' }, 4]]],
    ['left offset 5m unless left', [[{ __name__: 'left', job: 'a' }, 3]]],
    ['up{instance="1"} * on (job) group_left (team) info', [[{ job: 'a', instance: '1', team: 't' }, 1]]],
    ['absent(up{job="c", instance=~".+"})', [[{ job: 'c' }, 1]]],
    ['absent(up)', []],
    ['histogram_quantile(0.5, rate(b_bucket[5m]))', [[{}, 1.5]]],
    ['label_replace(info, "x", "$1-y", "team", "(.)")', [[{ __name__: 'info', job: 'a', team: 't', x: 't-y' }, 1]]],
    ['max_over_time(sum(up)[10m:1m])', [[{}, 2]]],
    ['sum(up) > bool 5', [[{}, 0]]],
    ['topk(1, c_total)', [[{ __name__: 'c_total', job: 'a', instance: '1' }, 7410]]],
    ['hour()', [[{}, 1]]],
    ['-up{job="b"}', [[{ job: 'b', instance: '3' }, -1]]],
    ['scalar(sum(up)) + 1', 3],
    ['quantile(0.5, up)', [[{}, 1]]],
  ])('%s', (expr, wanted) => {
    expect(result(expr)).toEqual(wanted);
  });

  it('fails where Prometheus does', () => {
    expect(() => result('up + on (job) up')).toThrow(EvaluationFailed);
  });

  it('says what it does not evaluate', () => {
    expect(() => result('histogram_count(up)')).toThrow(Unsupported);
  });
});
