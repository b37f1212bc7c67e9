import { describe, expect, it } from 'vitest';
import { composeOf, told } from '../test-support.ts';
import { contestedClaim } from './contested-claim.ts';

const image = 'image: prom/prometheus:v2.47.0';
const first = (pattern: RegExp): unknown => expect.stringMatching(pattern);

describe('stack/contested-claim', () => {
  it.each([
    [`${image}\nports: ['9090:9090']`, `${image}\nports: ['9091:9090']`],
    [`${image}\nports: ['127.0.0.1:9090:9090']`, `${image}\nports: ['127.0.0.2:9090:9090']`],
    [`${image}\nports: ['9090']`, `${image}\nports: ['9090']`],
    [`${image}\nports: ['53:53/tcp']`, `${image}\nports: ['53:53/udp']`],
    [`${image}\ncontainer_name: a`, `${image}\ncontainer_name: b`],
  ])('is silent about %j beside %j', (one, two) => {
    expect(told(contestedClaim, { 'docker-compose.yml': composeOf({ one, two }) })).toEqual([]);
  });

  it.each([
    [
      `${image}\nports: ['9090:9090']`,
      /^error .*"two" claims port 9090 of the host, as service "one" does, so only one/,
    ],
    [`${image}\ncontainer_name: a`, /^error .*"two" claims the container name "a"/],
  ])('finds %j twice', (service, expected) => {
    expect(told(contestedClaim, { 'docker-compose.yml': composeOf({ one: service, two: service }) })).toEqual([
      first(expected),
    ]);
  });

  it.each([
    ['profiles that exclude each other', 'profiles: [a]', 'profiles: [b]', []],
    ['a profile that may be on', 'profiles: [a]', '', [first(/^warning /)]],
    ['one profile', 'profiles: [a]', 'profiles: [a, b]', [first(/^warning /)]],
  ])('knows %s', (_, one, two, expected) => {
    const files = { one: `${image}\nports: ['9090:9090']\n${one}`, two: `${image}\nports: ['9090:9090']\n${two}` };
    expect(told(contestedClaim, { 'docker-compose.yml': composeOf(files) })).toEqual(expected);
  });

  it('knows that all addresses are each', () => {
    const files = { one: `${image}\nports: ['9090:9090']`, two: `${image}\nports: ['127.0.0.1:9090:9090']` };
    expect(told(contestedClaim, { 'docker-compose.yml': composeOf(files) })).toEqual([first(/^error /)]);
  });

  it('tells once of all that two files claim', () => {
    const one = `${image}\ncontainer_name: a\nports: ['9090:9090', '9091:9091']`;
    const files = { 'a/docker-compose.yml': composeOf({ one }), 'b/docker-compose.yml': composeOf({ one }) };
    expect(told(contestedClaim, files)).toEqual([first(/^info b\/.*"a", "9090" and "9091" of the host/)]);
  });

  it('cannot tell of two compose files', () => {
    const compose = composeOf({ one: `${image}\ncontainer_name: a` });
    expect(told(contestedClaim, { 'a/docker-compose.yml': compose, 'b/docker-compose.yml': compose })).toEqual([
      first(/^info b\/.*two hosts/),
    ]);
  });
});
