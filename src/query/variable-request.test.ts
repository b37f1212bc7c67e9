import { describe, expect, it } from 'vitest';
import type { VariableAsk } from './variable-query.ts';
import { optionsOf, requestOf } from './variable-request.ts';

const over = { start: 1, end: 2.5 };

describe('requestOf', () => {
  it.each<[VariableAsk, 'prometheus' | 'loki', string, readonly (readonly [string, string])[]]>([
    [{ kind: 'label values', label: 'job', series: 'up' }, 'prometheus', 'label/job/values', [['match[]', 'up']]],
    [{ kind: 'label values', label: 'job', series: '{a="b"}' }, 'loki', 'series', [['match[]', '{a="b"}']]],
    [{ kind: 'label values', label: 'job' }, 'loki', 'label/job/values', []],
    [{ kind: 'label names' }, 'prometheus', 'labels', []],
    [{ kind: 'metric names', regex: 'n.*' }, 'prometheus', 'label/__name__/values', []],
    [{ kind: 'series', series: 'up' }, 'prometheus', 'series', [['match[]', 'up']]],
  ])('%j of %s', (question, type, path, query) => {
    const [start, end] = type === 'loki' ? ['1000000000', '2500000000'] : ['1', '3'];
    expect(requestOf(type, question, over)).toEqual({ path, query: [...query, ['start', start], ['end', end]] });
  });

  it('asks for a result as it is now', () => {
    const question: VariableAsk = { kind: 'result', expr: 'up' };
    expect(requestOf('prometheus', question, over)).toEqual({ path: 'query', query: [['query', 'up']] });
  });
});

describe('optionsOf', () => {
  const series = [
    { __name__: 'up', job: 'a' },
    { __name__: 'up', job: 'b' },
  ];
  it.each<[VariableAsk, unknown, readonly string[]]>([
    [{ kind: 'label values', label: 'job' }, ['a', 'b', 'a'], ['a', 'b']],
    [{ kind: 'label values', label: 'job', series: 'up' }, series, ['a', 'b']],
    [{ kind: 'metric names', regex: '^node_' }, ['node_a', 'b'], ['node_a']],
    [{ kind: 'series', series: 'up' }, series, ['up{job="a"}', 'up{job="b"}']],
    [
      { kind: 'result', expr: 'up' },
      { resultType: 'vector', result: [{ metric: series[0], value: [1.5, '7'] }] },
      ['up{job="a"} 7 1500'],
    ],
    [{ kind: 'result', expr: '1' }, { resultType: 'scalar', result: [1.5, '1'] }, ['1']],
  ])('%j', (question, data, expected) => {
    expect(optionsOf(question, data).map(({ value }) => value)).toEqual(expected);
  });
});
