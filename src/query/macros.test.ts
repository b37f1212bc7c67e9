import { describe, expect, it } from 'vitest';
import { expandMacros, parsableForms, variablesIn } from './macros.ts';
import { parsePromql } from './promql.ts';

describe('expandMacros', () => {
  it.each([
    ['rate(x[$__rate_interval])', 'rate(x[1m])'],
    ['rate(x[${__interval}])', 'rate(x[15s])'],
    ['increase(x[$__range])', 'increase(x[1h])'],
    ['x / $__range_s', 'x / 3600'],
    ['$__from ${__to:date}', '1700000000000 1700003600000'],
    ['x{a="$b"}', 'x{a="$b"}'],
    ['$__unknown', '$__unknown'],
  ])('makes of %s', (written, expected) => {
    expect(expandMacros(written)).toBe(expected);
  });

  it('takes given values', () => {
    expect(expandMacros('x[$__interval] x[$__range]', { interval: '15s', range: '6h' })).toBe('x[15s] x[6h]');
  });
});

describe('variablesIn', () => {
  it('names each variable once and none of Grafana', () => {
    expect(variablesIn('$a ${b:regex} [[c]] $a $__interval a$ "$1"')).toEqual(['a', 'b', 'c']);
  });
});

describe('parsableForms', () => {
  it.each([
    'rate(x{a=~"$a", b="${b:pipe}"}[$__rate_interval])',
    'rate(x[$interval])',
    'rate(x[${n}m])',
    'max_over_time(x[1h:$step])',
    'topk($n, x)',
    'sum by ([[label]]) ($metric)',
    'x offset $back',
    '$metric{a="b"}',
  ])('gives a form of %s that parses', (expr) => {
    expect(parsableForms(expr)?.some((form) => parsePromql(form).problems.length === 0)).toBe(true);
  });

  it('gives none where a variable is the query', () => {
    expect(parsableForms(' ${query} ')).toBeUndefined();
  });
});
