import { describe, expect, it } from 'vitest';
import { counterIn } from './losses.ts';

describe('a counter of an exposition', () => {
  const text = `# HELP a_total x
# TYPE a_total counter
a_total{host="loki:3100",reason="rate {limited}"} 3
a_total{host="loki:3100"} 4 1700000000000
a_total_created 9
b_total 2 1700000000000
`;
  it.each([
    ['a_total', 7],
    ['b_total', 2],
    ['c_total', undefined],
  ])('%s is the sum of its series', (name, value) => {
    expect(counterIn(text, name)).toBe(value);
  });
});
