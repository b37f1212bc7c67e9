import { describe, expect, it } from 'vitest';
import { inputsFor } from './inputs.ts';
import { alertsFrom } from './testing.ts';

const sampling = { phase: 1 / 2, spacing: 15 };

function found(expr: string, more: Parameters<typeof alertsFrom>[0] = []): ReturnType<typeof inputsFor> {
  const alert = alertsFrom([...more, { alert: 'A', expr, annotations: { text: '{{ $labels.disk }}' } }]).at(-1);
  if (alert === undefined) throw new Error('no alert');
  return inputsFor(alert, sampling);
}

describe('inputs for an alert', () => {
  it('have the labels of the stack, of the matchers, and of the templates', () => {
    const inputs = found('disk_used{kind!="tmp", host=~"db-[0-9]"} > 0.9');
    expect(inputs).toMatchObject({
      firing: {
        series: [
          {
            labels: { __name__: 'disk_used', job: 'node', instance: 'a:9100', zone: 'z', host: 'db-1', disk: 'disk-1' },
          },
        ],
      },
      silent: { healthy: 'values' },
    });
  });

  it('have on both sides what lets them find each other', () => {
    const inputs = found('used{pool="a"} / on (pool, node) size > 0.9');
    const labels = 'firing' in inputs ? inputs.firing.series.map(({ labels }) => [labels['pool'], labels['node']]) : [];
    expect(labels).toEqual([
      ['a', 'node-1'],
      ['a', 'node-1'],
    ]);
  });

  it('go through recording rules', () => {
    const inputs = found('job:busy{zone="z"} > 0.5', [
      { record: 'job:busy', expr: 'avg by (job, zone) (rate(busy_total[5m]))' },
    ]);
    expect(inputs).toMatchObject({ firing: { series: [{ labels: { __name__: 'busy_total', zone: 'z' } }] } });
  });

  it.each(['up > 1', 'rate(x_total[5m]) < 0', 'sum by (job) (a) / sum by (zone) (b) > 1'])(
    'are not made up for %s',
    (expr) => {
      expect(found(expr)).toHaveProperty('never');
    },
  );

  it('hold what is 1 while all is well at that in the silent case', () => {
    expect(found('absent(up == 0)')).not.toHaveProperty('silent');
    expect(found('up == 0')).toMatchObject({ silent: { input: { series: [{ shape: { kind: 'flat', value: 1 } }] } } });
  });

  it('say which part never had a result', () => {
    const inputs = found('up == 1 and up > 1');
    expect('never' in inputs ? inputs.never : []).toMatchObject([{ kind: 'binary', op: '>' }]);
  });
});
