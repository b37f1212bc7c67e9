import { describe, expect, test } from 'vitest';
import { globExpression, pathNamedBy } from './glob.ts';

describe('a path of Promtail', () => {
  test.each([
    ['/var/log/*log', '/var/log/syslog', true],
    ['/var/log/*.log', '/var/log/a/b.log', false],
    ['/var/log/**/*.log', '/var/log/a/b.log', true],
    ['/var/log/**/*.log', '/var/log/b.log', true],
    ['/l/{a,b}.log', '/l/b.log', true],
    ['/l/{a,b}.log', '/l/c.log', false],
    ['/l/[ab]?.log', '/l/b1.log', true],
    ['/l/[!ab].log', '/l/c.log', true],
    ['/l/a,b(1).log', '/l/a,b(1).log', true],
    ['', '/l/a.log', false],
  ])('%s names %s: %s', (glob, path, named) => expect(globExpression(glob).test(path)).toBe(named));

  test.each([
    ['/var/log/*log', '/var/log/wlog'],
    ['/var/log/**/*.log', '/var/log/w.log'],
    ['/var/log/**', '/var/log/w'],
    ['/l/{a,b}/[0-9]?.log', '/l/a/0x.log'],
    ['/var/log/syslog', '/var/log/syslog'],
    ['/l/[!x]', undefined],
  ])('%s names for instance %s', (glob, path) => expect(pathNamedBy(glob, 'w')).toBe(path));
});
