import { describe, expect, it } from 'vitest';
import { composeOf, prometheus, told } from '../test-support.ts';
import { missingRuleFile } from './missing-rule-file.ts';

const check = (pattern: string, service: string, texts: Readonly<Record<string, string>> = {}): string[] =>
  told(missingRuleFile, {
    'docker-compose.yml': composeOf({ prometheus: service }),
    'prometheus.yml': `rule_files:\n  - ${pattern}\n`,
    ...texts,
  });
const rules = { 'rules/a.yml': 'groups: []\n' };

describe('prometheus/missing-rule-file', () => {
  it.each([
    ['a relative path', 'rules/a.yml'],
    ['an absolute path', '/etc/prometheus/rules/a.yml'],
    ['a glob', '"rules/*.yml"'],
  ])('is silent about %s that is mounted', (_, pattern) => {
    expect(check(pattern, `${prometheus}\n  - ./rules:/etc/prometheus/rules:ro`, rules)).toEqual([]);
  });

  it.each([
    [
      'is not mounted',
      'rules/a.yml',
      prometheus,
      /^error .*so none of its rules exists and none of its alerts ever fires$/,
    ],
    ['is a glob without a match', '"*.rules"', prometheus, /^warning /],
    [
      'is mounted and not there',
      'b.yml',
      `${prometheus}\n  - ./b.yml:/etc/prometheus/b.yml:ro`,
      /^error .*puts an empty folder there and Prometheus does not start$/,
    ],
    [
      'may be in an image of its own',
      'b.yml',
      'build: .\nimage: prom/prometheus:mine\nvolumes: [./prometheus.yml:/etc/prometheus/prometheus.yml]',
      /^info .*the image may bring it/,
    ],
    ['is on a volume', 'r/b.yml', `${prometheus}\n  - data:/etc/prometheus/r`, /^info .*outside the repository/],
  ])('finds an entry that %s', (_, pattern, service, expected) => {
    expect(check(pattern, service, rules)).toEqual([expect.stringMatching(expected)]);
  });

  it('only tells what git ignores', () => {
    const service = `${prometheus}\n  - ./b.yml:/etc/prometheus/b.yml:ro`;
    expect(check('b.yml', service, { '.gitignore': 'b.yml\n' })).toEqual([
      expect.stringMatching(/^info .*git ignores it/),
    ]);
  });
});
