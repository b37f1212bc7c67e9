import { describe, expect, it } from 'vitest';
import { composeOf, prometheus, told } from '../test-support.ts';
import { lostLabel } from './lost-label.ts';

const check = (expr: string, summary: string): string[] =>
  told(lostLabel, {
    'docker-compose.yml': composeOf({ prometheus: `${prometheus}\n  - ./a.yml:/etc/prometheus/a.yml` }),
    'prometheus.yml': 'rule_files: [a.yml]\n',
    'a.yml': `groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: ${expr}\n        annotations:\n          summary: '${summary}'\n`,
  });

describe('rules/lost-label', () => {
  it.each([
    ['sum by (job) (up) == 0', '{{ $labels.job }}'],
    ['up == 0', '{{ $labels.instance }}'],
    ['sum(up) == 0', 'no $labels.instance here'],
    ['ALERTS{alertstate="firing"} == 1', '{{ $labels.alertname }}'],
    ['sum by (alertname) (ALERTS) > 5', '{{ $labels.alertname }}'],
    ['label_replace(sum(up), "instance", "all", "", "") == 0', '{{ $labels.instance }}'],
    ['up * on (job) group_left (team) team_info == 0', '{{ $labels.team }}'],
    ['count_values without (job) ("instance", up) > 1', '{{ $labels.instance }}'],
  ])('is silent about %s with %s', (expr, summary) => {
    expect(check(expr, summary)).toEqual([]);
  });

  it.each([
    [
      'sum by (job) (up) == 0',
      '"instance" in "summary" of alert "A" is always empty, for its expression keeps only "job"',
    ],
    ['sum(up) == 0', '"instance" in "summary" of alert "A" is always empty, for its expression keeps no label'],
    [
      'sum without (instance) (up) == 0',
      '"instance" in "summary" of alert "A" is always empty, for its expression drops it',
    ],
    [
      'absent(up{job="a", instance=~"b.+"})',
      '"instance" in "summary" of alert "A" is always empty, for its expression keeps only "job"',
    ],
    [
      'sum by (job) (up) * on (job) group_left (team) x == 0',
      '"instance" in "summary" of alert "A" is always empty, for its expression keeps only "job" and "team"',
    ],
  ])('finds a label that %s loses', (expr, message) => {
    expect(check(expr, 'on {{ $labels.instance }}')).toEqual([`warning a.yml:7 ${message}`]);
  });

  it('tells once of all labels that one text prints in vain', () => {
    expect(check('sum(up) == 0', '{{ $labels.instance }} of {{ $labels.job }} ({{ $labels.job }})')).toEqual([
      expect.stringContaining('"instance" and "job" in "summary" of alert "A" are always empty'),
    ]);
  });

  it('knows that the name of the alert is no label of a series', () => {
    expect(check('up == 0', '{{ $labels.alertname }}')).toEqual([expect.stringContaining('"alertname" in "summary"')]);
  });
});
