import { describe, expect, it } from 'vitest';
import { expandMacros } from './macros.ts';

describe('expandMacros', () => {
  it.each([
    ['rate(x[$__rate_interval])', 'rate(x[1m])'],
    ['rate(x[${__interval}]) / $__range_s', 'rate(x[15s]) / 3600'],
    ['up{job="$job"}', 'up{job="$job"}'],
  ])('%s', (expr, expanded) => {
    expect(expandMacros(expr)).toBe(expanded);
  });
});
