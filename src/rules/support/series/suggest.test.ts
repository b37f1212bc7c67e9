import { expect, it } from 'vitest';
import { suggested } from './suggest.ts';

it.each([
  ['node_cpu_second_total', 'node_cpu_seconds_total'],
  ['node_cpu_seconds:total', undefined],
])('takes %s for a slip of %s', (name, meant) => {
  expect(suggested(name)).toBe(meant);
});
