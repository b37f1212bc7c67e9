import { describe, expect, it } from 'vitest';
import { goUrl } from './go-url.ts';

describe('goUrl', () => {
  it.each([
    ['http://a:9090/x?y#z', 'http', 'a:9090'],
    ['HTTP://u:p@a', 'http', 'a'],
    ['localhost:9090', 'localhost', ''],
    ['/path', '', ''],
    ['', '', ''],
    ['//host/x', '', 'host'],
    ['http://[::1]:80/', 'http', '[::1]:80'],
    ['http://a:/', 'http', 'a:'],
    ['unix:///var/run/docker.sock', 'unix', ''],
    ['http://a"<b>', 'http', 'a"<b>'],
    ['http://a/%20', 'http', 'a'],
    ['http://${HOST', undefined, undefined],
  ])('%s', (text, scheme, host) => {
    const found = goUrl(text);
    expect('problem' in found ? [undefined, undefined] : [found.scheme, found.host]).toEqual([scheme, host]);
  });

  it.each([
    ['127.0.0.1:9090', 'a colon in its first part and no scheme'],
    [':9090', 'a missing scheme'],
    ['http://a:port/', 'the port "port"'],
    ['http://a b/', 'an odd character in its host name'],
    ['http://[::1/', 'a missing "]"'],
    ['http://a/%zz', 'a bad escape'],
    ['http://a%2/', 'a bad escape in its host name'],
    ['http://u/x@y@z{/', undefined],
    ['http://a\n', 'a control character'],
  ])('%j has %s', (text, problem) => {
    const found = goUrl(text);
    expect('problem' in found ? found.problem : undefined).toBe(problem);
  });
});
