import { describe, expect, it } from 'vitest';
import { interpolated, type VariableValue, withGlobals, withValue } from './variable-value.ts';

const value = (name: string, values: string[], more: Partial<VariableValue> = {}): [string, VariableValue] => [
  name,
  { name, values, texts: values, several: false, ...more },
];
const values = new Map([
  value('job', ["it's"]),
  value('host', ['a.b', 'c|d'], { several: true }),
  value('one', ['a.b'], { several: true }),
  value('every', ['x', 'y'], { several: true, all: '.+$job' }),
  value('__from', ['1594671549254']),
]);

describe('interpolated', () => {
  it.each([
    ['up{job="$job"}', 'prometheus', String.raw`up{job="it\\'s"}`],
    ['up{h=~"$host"}', 'prometheus', String.raw`up{h=~"(a\\.b|c\\|d)"}`],
    ['{h=~"$host"}', 'loki', String.raw`{h=~"a\\.b|c\\|d"}`],
    ['up{h=~"${one}"}', 'prometheus', String.raw`up{h=~"a\\.b"}`],
    ['up{h=~"[[one:raw]]"}', 'prometheus', 'up{h=~"a.b"}'],
    ['$host', 'plain', '{a.b,c|d}'],
    ['${host:csv} ${host:pipe} ${host:regex}', 'prometheus', String.raw`a.b,c|d a.b|c|d (a\.b|c\|d)`],
    ['${host:singlequote} ${host:json}', 'prometheus', `'a.b','c|d' ["a.b","c|d"]`],
    ['${host:queryparam} ${host:percentencode}', 'plain', 'var-host=a.b&var-host=c%7Cd %7Ba.b%2Cc%7Cd%7D'],
    ['${every} ${every:csv} ${every:text}', 'prometheus', ".+it's .+it's All"],
    ['${__from} ${__from:date} ${__from:date:seconds}', 'plain', '1594671549254 2020-07-13T20:19:09.254Z 1594671549'],
    ['rate(x[$__rate_interval]) $none', 'prometheus', 'rate(x[$__rate_interval]) $none'],
  ] as const)('%s for %s', (text, dialect, expected) => expect(interpolated(text, values, dialect)).toBe(expected));

  it('knows what the browser knows, and leaves the rest to the server', () => {
    const known = withGlobals(new Map(), { from: 1000, to: 2000, dashboard: 'D' });
    expect(interpolated('$__from ${__to:date:seconds} $__dashboard [$__range]', known, 'prometheus')).toBe(
      '1000 2 D [$__range]',
    );
  });

  it('takes the value a panel is repeated for', () => {
    expect(interpolated('$host', withValue(values, 'host', { value: 'z.z', text: 'Z' }), 'prometheus')).toBe(
      String.raw`z\\.z`,
    );
  });
});
