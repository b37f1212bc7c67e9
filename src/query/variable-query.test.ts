import { describe, expect, it } from 'vitest';
import { variableQuery } from './variable-query.ts';

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
