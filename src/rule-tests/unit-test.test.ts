import { describe, expect, it } from 'vitest';
import type { Shape } from './shape.ts';
import { alertsFrom } from './testing.ts';
import { unitTestFile } from './unit-test.ts';

const clock = { interval: 30, spacing: 15, first: 7.5, slot: 7.5, early: 20, late: 40, end: 60 };

function values(shape: Shape, times = clock): string {
  const [alert] = alertsFrom([{ alert: 'A', expr: 'x > 0' }]);
  if (alert === undefined) throw new Error('no alert');
  const labels = { __name__: 'x', path: 'C:\\ "a"\nb' };
  const file = JSON.parse(unitTestFile(alert, 'rules.json', { clock: times, series: [{ labels, shape }] }));
  expect(file).toMatchObject({
    rule_files: ['rules.json'],
    evaluation_interval: '30s',
    tests: [
      {
        interval: '7500ms',
        external_labels: { site: 'here' },
        input_series: [{ series: 'x{path="C:\\\\ \\"a\\"\\nb"}' }],
      },
    ],
  });
  return file.tests[0].input_series[0].values;
}

describe('the values of a unit test', () => {
  it.each<[Shape, string]>([
    [{ kind: 'flat', value: 2 }, '_ 2 _ 2 _ 2 _ 2'],
    [{ kind: 'ramp', value: 0, slope: 2 }, '_ 0 _ 30 _ 60 _ 90'],
    [{ kind: 'ramp', value: 10, slope: -1 }, '_ 62.5 _ 47.5 _ 32.5 _ 17.5'],
    [{ kind: 'wave', low: 0, high: 1 }, '_ 0 _ 1 _ 0 _ 1'],
    [{ kind: 'step', before: 1, after: 5, at: 'late' }, '_ 1 _ 1 _ 1 _ 5'],
    [{ kind: 'bend', before: 1, after: 10, at: 'early' }, '_ 0 _ 37.5 _ 187.5 _ 337.5'],
    [{ kind: 'new', value: 1, at: 'early' }, '_ _ _ 1 _ 1 _ 1'],
  ])('%j', (shape, wanted) => {
    expect(values(shape)).toBe(wanted);
  });

  it('mark the end of a series as its target going away does', () => {
    expect(values({ kind: 'gone', value: 1, at: 'early' })).toBe('_ 1 _ stale _ _ _ _');
  });

  it('begin where the clock does', () => {
    expect(values({ kind: 'flat', value: 1 }, { ...clock, first: 37.5 })).toBe('_x5 1 _ 1');
  });
});
