import { describe, expect, it } from 'vitest';
import { lokiAsk, prometheusAsk, variableQuery } from './variable-query.ts';

describe('variableQuery', () => {
  it.each([
    ['label_values(up, job)', { expr: 'up', label: 'job', start: 13 }],
    [' label_values(up{a="b, c", d=~"$e"},instance) ', { expr: 'up{a="b, c", d=~"$e"}', label: 'instance', start: 14 }],
    ['label_values(job)', { label: 'job', start: 0 }],
    ['query_result(topk(3, up))', { expr: 'topk(3, up)', start: 13 }],
    ['metrics(node_.*)', undefined],
    ['label_names()', undefined],
    ['up', undefined],
  ])('%s', (text, expected) => expect(variableQuery(text)).toEqual(expected));
});

describe('prometheusAsk', () => {
  it.each([
    ['label_values(up{a="b"}, job)', { kind: 'label values', label: 'job', series: 'up{a="b"}' }],
    ['label_values(job)', { kind: 'label values', label: 'job' }],
    ['label_names()', { kind: 'label names' }],
    ['label_names(up)', { kind: 'label names', series: 'up' }],
    ['metrics(node_.*)', { kind: 'metric names', regex: 'node_.*' }],
    ['query_result(topk(3, up))', { kind: 'result', expr: 'topk(3, up)' }],
    ['up{job="a"}', { kind: 'series', series: 'up{job="a"}' }],
    ['  ', undefined],
  ])('%s', (text, expected) => expect(prometheusAsk(text)).toEqual(expected));
});

describe('lokiAsk', () => {
  it.each([
    [
      { type: 1, label: 'job', stream: '{a="b"}' },
      { kind: 'label values', label: 'job', series: '{a="b"}' },
    ],
    [
      { type: 1, label: 'job', stream: '' },
      { kind: 'label values', label: 'job' },
    ],
    [{ type: 0 }, { kind: 'label names' }],
    ['label_values({a="b"}, job)', { kind: 'label values', label: 'job', series: '{a="b"}' }],
    ['label_names()', { kind: 'label names' }],
    ['anything', undefined],
    [{ type: 1 }, undefined],
  ])('%j', (query, expected) => expect(lokiAsk(query)).toEqual(expected));
});
