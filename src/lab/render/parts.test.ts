import { describe, expect, test } from 'vitest';
import { cutUrl, hostPort, isLoopback } from './address.ts';
import { seconds } from './duration.ts';
import { askedMetrics } from './expressions.ts';
import { isSystemPath } from './host-paths.ts';
import { iniLines, setIniLine } from './ini-lines.ts';
import { playedMetrics } from './metrics.ts';
import { noParties, standInFor } from './outside.ts';
import { shown } from './shown.ts';

test.each([
  ['a:9100', { host: 'a', port: 9100 }],
  ['[fd00::1]:80', { host: 'fd00::1', port: 80 }],
  ['a.example.org', { host: 'a.example.org' }],
  ['${HOST}:80', undefined],
  ['', undefined],
])('the address %s', (address, expected) => expect(hostPort(address)).toEqual(expected));

test.each([
  ['https://u:p@h:1/x?y#z', { scheme: 'https', userinfo: 'u:p', host: 'h', port: 1, rest: '/x?y#z' }],
  ['HTTP://h', { scheme: 'http', userinfo: '', host: 'h', rest: '' }],
  ['http://{{ .Host }}/x', undefined],
  ['no url', undefined],
])('the URL %s', (url, expected) => expect(cutUrl(url)).toEqual(expected));

test.each([
  ['127.0.0.1', true],
  ['localhost', true],
  ['::1', true],
  ['128.0.0.1', false],
])('%s is the container itself: %s', (host, expected) => expect(isLoopback(host)).toBe(expected));

test.each([
  ['1m30s', 90],
  ['500ms', 0.5],
  ['1d', 86_400],
  ['0', 0],
  ['soon', undefined],
  [7, undefined],
])('the duration %s', (value, expected) => expect(seconds(value)).toBe(expected));

test.each([
  ['/', true],
  ['/var/run/docker.sock', true],
  ['/var/lib/docker/', true],
  ['/home/me/.ssh', false],
  ['/etc/shadow', false],
  ['/variable', false],
])('the host path %s may be read: %s', (path, expected) => expect(isSystemPath(path)).toBe(expected));

test('a difference prints no secret', () => {
  expect(shown('https://u:p@h.example.org/T0/s3cret?x')).toBe('https://h.example.org/…');
  expect(shown('s3cret', 'smtp_auth_password')).toBe('(hidden)');
  expect(shown({ a: 1, api_key: 's3cret', deep: { token: 's3cret' } })).toBe(
    '{"a":1,"api_key":"(hidden)","deep":{"token":"(hidden)"}}',
  );
});

describe('stand-ins', () => {
  test('keep a port where they can, and never share one between protocols or with the helper itself', () => {
    const parties = noParties();
    const http = (host: string, port: number): string => standInFor(parties, { kind: 'other', host, port });
    expect(http('10.0.0.1', 9100)).toBe('outside-10-0-0-1:9100');
    expect(http('a', 80)).toBe('outside-a:10080');
    expect(http('a', 8080)).toBe('outside-a:18080');
    expect(standInFor(parties, { kind: 'smtp', protocol: 'smtp', host: 'm', port: 9100 })).toBe('outside-m:9101');
    expect(standInFor(parties, { kind: 'smtp', protocol: 'smtps', host: 'm', port: 465 })).toBe('outside-m:465');
  });

  test('are told apart where their names look the same', () => {
    const parties = noParties();
    const alias = (host: string): string => standInFor(parties, { kind: 'other', host, port: 9000 });
    expect([alias('a.b'), alias('a-b'), alias('A.B'), alias('a.b')]).toEqual([
      'outside-a-b:9000',
      'outside-a-b-2:9000',
      'outside-a-b-3:9000',
      'outside-a-b:9000',
    ]);
  });
});

describe('played metrics', () => {
  test('are those that queries name, with the labels they ask for', () => {
    const asked = askedMetrics([
      'sum by (queue) (rate(queue_done_total{queue="main",env=~"p.*"}[5m])) / on (queue) group_left (team) queue_size{queue="main"}',
      'histogram_quantile(0.9, queue_seconds_bucket) > bool 1 and absent(queue_up) unless (queue_free < 10)',
      'label_replace(queue_done_total, "a", "$1", "b", "(.*)")',
    ]);
    expect(asked.map((metric) => metric.name)).toEqual([
      'queue_done_total',
      'queue_free',
      'queue_seconds_bucket',
      'queue_size',
      'queue_up',
    ]);
    expect(playedMetrics(asked, new Set(['queue_free']), [])).toBe(
      [
        '# TYPE queue_done_total counter',
        'queue_done_total{queue="main"} 0',
        '# TYPE queue_seconds_bucket counter',
        'queue_seconds_bucket{le="1"} 0',
        'queue_seconds_bucket{le="+Inf"} 0',
        '# TYPE queue_size gauge',
        'queue_size{queue="main"} 1',
        '# TYPE queue_up gauge',
        'queue_up 1',
        '',
      ].join('\n'),
    );
  });

  test('leave the exporters of the stack their own, and are an exporter’s where the stack has none', () => {
    const asked = askedMetrics(['node_load1 > 1', 'up == 0', 'go_goroutines', 'own_thing', 'job:own:sum']);
    expect(playedMetrics(asked, new Set(), [])).toBe('# TYPE own_thing gauge\nown_thing 0\n');
    expect(playedMetrics(asked, new Set(), [], 'node-exporter')).toBe('# TYPE node_load1 gauge\nnode_load1 0\n');
  });
});

test('an ini line is changed alone', () => {
  const source = '; a\r\n[smtp]\r\nhost = "x:25"\r\n';
  const [line] = iniLines(source);
  expect(line).toEqual({ line: 2, section: 'smtp', key: 'host', value: 'x:25' });
  expect(line === undefined ? '' : setIniLine(source, line, 'y:1')).toBe('; a\r\n[smtp]\r\nhost = y:1\r\n');
});
