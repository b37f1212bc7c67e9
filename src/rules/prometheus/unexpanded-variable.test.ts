import { describe, expect, it } from 'vitest';
import { composeOf, prometheus, told } from '../test-support.ts';
import { unexpandedVariable } from './unexpanded-variable.ts';

const check = (config: string, service = prometheus): string[] =>
  told(unexpandedVariable, { 'docker-compose.yml': composeOf({ prometheus: service }), 'prometheus.yml': config });
const labels = 'global:\n  external_labels:\n    site: ${SITE}\n';

describe('prometheus/unexpanded-variable', () => {
  it('finds a placeholder', () => {
    expect(check(labels)).toEqual([
      'error prometheus.yml:3 "${SITE}" is taken as it stands, for Prometheus expands no variables here',
    ]);
  });

  it.each([
    ['external labels under their flag', labels, `${prometheus}\ncommand: [--enable-feature=expand-external-labels]`],
    ['external labels of version 3', labels, prometheus.replace('v2.47.0', 'v3.1.0')],
    [
      'groups of a regular expression',
      'scrape_configs:\n  - job_name: a\n    relabel_configs:\n      - replacement: ${name}-$1\n',
      prometheus,
    ],
  ])('is silent about %s', (_, config, service) => {
    expect(check(config, service)).toEqual([]);
  });
});
