import { describe, expect, it } from 'vitest';
import { composeOf, told } from '../test-support.ts';
import { uncompilableStage } from './uncompilable-stage.ts';
import { unknownClient } from './unknown-client.ts';

const promtail = 'image: grafana/promtail:2.9.2\nvolumes: ["./p.yml:/etc/promtail/config.yml"]';
const loki = 'image: grafana/loki:2.9.2';

describe('promtail/unknown-client', () => {
  const check = (url: string, services: Readonly<Record<string, string>> = { loki }, more = {}): string[] =>
    told(unknownClient, {
      'compose.yml': composeOf({ promtail, ...services }),
      'p.yml': `clients: [{url: "${url}"}]\n`,
      ...more,
    });

  it.each([
    ['http://loki:3100/loki/api/v1/push', { loki }],
    ['http://logs:3100/loki/api/v1/push', { loki: `${loki}\ncontainer_name: logs` }],
    ['http://gateway/loki/api/v1/push', { gateway: 'image: nginx:1' }],
    ['http://loki:3200/loki/api/v1/push', { loki }],
  ])('is silent about %s', (url, services) => {
    expect(check(url, services)).toEqual([]);
  });

  it.each([
    ['http://gone:3100/push', { loki }, /^error p.yml:1 .*which is no service of the stack, so no line arrives$/],
    ['http://localhost:3100/push', { loki }, /^error .*which is its own container/],
    ['http://loki:3101/push', { loki: `${loki}\nports: ["3101:3100"]` }, /^error .*in the network it is 3100/],
    ['http://loki:3100/push', { loki: `${loki}\nnetworks: [other]` }, /^error .*is in no network with it/],
    ['http://logs.orchard.test/push', { loki }, /^info .*cannot be told$/],
    ['http://${LOKI}/push', { loki }, /^info .*cannot be told$/],
  ])('finds %s', (url, services, expected) => {
    expect(check(url, services)).toEqual([expect.stringMatching(expected)]);
  });

  it('knows a port that the configuration of Loki writes', () => {
    const mounted = { loki: `${loki}\nvolumes: ["./l.yml:/etc/loki/local-config.yaml"]` };
    const more = { 'l.yml': 'server: {http_listen_port: 3200}\n' };
    expect(check('http://loki:3100/push', mounted, more)).toEqual([
      expect.stringMatching(/^error .*which listens on 3200 and not on 3100/),
    ]);
  });
});

describe('promtail/uncompilable-stage', () => {
  const check = (stage: string, flag = ''): string[] =>
    told(uncompilableStage, {
      'compose.yml': composeOf({ promtail: promtail + flag }),
      'p.yml': `scrape_configs:\n  - job_name: a\n    pipeline_stages:\n      - ${stage}\n`,
    });

  it.each([
    ["regex: {expression: '^(?P<a>[a-z]+) (?s:.*)$'}", ''],
    ["json: {expressions: {a: '(?=b)'}}", ''],
    ['docker: {}', ''],
    ["regex: {expression: '(?=${WORD})'}", '\ncommand: -config.expand-env=true'],
  ])('is silent about %s', (stage, flag) => {
    expect(check(stage, flag)).toEqual([]);
  });

  it.each([
    ["regex: {expression: '(?P<a>.)(?=b)'}", 'The "regex" stage of job "a" does not compile'],
    ["replace: {expression: '(a'}", 'The "replace" stage'],
    ["multiline: {firstline: '^(?!a)'}", 'The "multiline" stage'],
    [
      "match: {selector: '{a=\"b\"}', stages: [{regex: {expression: '(?<!a)b'}}]}",
      'so Promtail "promtail" does not start',
    ],
  ])('finds %s', (stage, expected) => {
    expect(check(stage)).toEqual([expect.stringContaining(expected)]);
  });
});
