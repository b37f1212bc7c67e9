import { describe, expect, it } from 'vitest';
import { told } from '../test-support.ts';
import { grafanaWith } from './test-support.ts';
import { unparsableQuery } from './unparsable-query.ts';

const found = (expr: string, target: object = {}, dashboard: object = {}): string[] =>
  told(
    unparsableQuery,
    grafanaWith({
      'a.json': { panels: [{ title: 'P', targets: [{ refId: 'A', expr, ...target }] }], ...dashboard },
    }),
  ).map((line) => line.split(' ')[0] ?? '');
const loki = { datasource: { uid: 'loki' } };

describe('grafana/unparsable-query', () => {
  it.each([
    'up',
    'sum by (job) (rate(http_requests_total{job=~"$job"}[$__rate_interval]))',
    'rate(http_requests_total[$interval])',
    'topk($n, up)',
    '$query',
    'up{job="[[job]]"}',
    '${metric}_total',
    'sum by (${by:csv}) (up)',
    '',
  ])('takes %s', (expr) => expect(found(expr)).toEqual([]));

  it.each(['sum(', 'rate(up)', 'up{job="a"', 'nosuch(up)', 'up{job=~"("}', 'sum(rate(x[$__rate_interval])'])(
    'refuses %s',
    (expr) => expect(found(expr)).toEqual(['error']),
  );

  it('cannot tell where variables may hold anything', () => {
    expect(found('sum(up{$filters}) $more')).toEqual(['info']);
  });

  it('reads LogQL where Loki answers', () => {
    expect(found('{job="a"} |= "b" | json', loki)).toEqual([]);
    expect(found('{job="a"} |=', loki)).toEqual(['error']);
    expect(found('up', loki)).toEqual(['error']);
  });

  it('takes the language from the type where the datasource is a variable', () => {
    const templating = { list: [{ name: 'ds', type: 'datasource', query: 'loki' }] };
    expect(found('{job="a"} |= "b"', { datasource: { uid: '${ds}' } }, { templating })).toEqual([]);
    expect(found('up', { datasource: { uid: '$ds', type: 'prometheus' } }, { templating })).toEqual([]);
    expect(found('up', { datasource: { uid: '$ds' } }, { templating })).toEqual(['error']);
  });

  it('lets be what it has no language for, and what is hidden', () => {
    expect(found('SELECT', { datasource: { uid: 'x', type: 'mysql' } })).toEqual([]);
    expect(found('sum(', { hide: true })).toEqual([]);
  });
});
