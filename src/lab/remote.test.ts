import { expect, it } from 'vitest';
import { isRemote } from './remote.ts';

it.each([
  ['', false],
  ['unix:///var/run/docker.sock', false],
  ['npipe:////./pipe/docker_engine', false],
  ['tcp://localhost:2375', false],
  ['tcp://127.0.0.1:2375', false],
  ['tcp://[::1]:2375', false],
  ['ssh://me@localhost', false],
  ['tcp://docker:2375', true],
  ['ssh://me@build.example.org', true],
  ['tcp://localhost.example.org:2375', true],
])('an engine at "%s" is on another machine: %s', (host, remote) => {
  expect(isRemote(host)).toBe(remote);
});
