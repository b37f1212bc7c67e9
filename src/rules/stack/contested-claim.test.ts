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

  it('cannot tell of two compose files', () => {
    const compose = composeOf({ one: `${image}\ncontainer_name: a` });
    expect(told(contestedClaim, { 'a/docker-compose.yml': compose, 'b/docker-compose.yml': compose })).toEqual([
      first(/^info b\/.*two hosts/),
    ]);
  });
});
