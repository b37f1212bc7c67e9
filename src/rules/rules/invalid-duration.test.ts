import { describe, expect, it } from 'vitest';
import { composeOf, prometheus, told } from '../test-support.ts';
import { invalidDuration } from './invalid-duration.ts';

const check = (written: string): string[] =>
  told(invalidDuration, {
    'docker-compose.yml': composeOf({ prometheus: `${prometheus}\n  - ./a.yml:/etc/prometheus/a.yml` }),
    'prometheus.yml': 'rule_files: [a.yml]\n',
    'a.yml': `groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: up == 0\n        for: ${written}\n`,
  });

describe('rules/invalid-duration', () => {
  it.each(['5m', '1h30m', '0s', '0', '2d'])('takes %s', (written) => {
    expect(check(written)).toEqual([]);
  });

  it.each(['5', '5 m', '5min', '1.5h', '30m1h'])('refuses %s', (written) => {
    expect(check(written)).toEqual([expect.stringMatching(/^error a.yml:6 .*is no duration/)]);
  });
});
