import { describe, expect, it } from 'vitest';
import { firesWhenDown } from './watched-targets.ts';

const loki = { job: 'loki', instance: 'loki:3100' };
const targets = [loki, { job: 'web', instance: 'a:80' }, { job: 'web', instance: 'b:80' }];

describe('firesWhenDown', () => {
  it.each([
    ['up == 0', true],
    ['up{job="loki"} < 1', true],
    ['0 == up{job=~"loki|grafana"}', true],
    ['1 > (up)', true],
    ['up{job!~"web"} != 1', true],
    ['up{job="grafana"} == 0', false],
    ['up == 1', false],
    ['up < 0', false],
    ['up <= 1', false],
    ['up == bool 0', false],
    ['up offset 5m == 0', false],
    ['sum by (job) (up{job="loki"}) == 0', true],
    ['min by (job) (up) == 0', true],
    ['sum(up) == 0', false],
    ['count(up{job="loki"} == 1) < 1', false],
    ['avg_over_time(up{job="loki"}[5m]) < 0.5', false],
    ['up{job="loki"} == 0 and on () hour() > 8', false],
    ['up{job="web"} == 0 or up{job="loki"} == 0', true],
    ['absent(loki_build_info{job="loki"})', true],
    ['absent(up{job="loki"})', false],
    ['absent(loki_build_info)', false],
    ['vector(1)', false],
    ['up ==', false],
  ])('%s: %s', (expr, expected) => {
    expect(firesWhenDown(expr, loki, targets)).toBe(expected);
  });

  it('is not so where another target has what would have to be absent', () => {
    expect(firesWhenDown('absent(http_requests_total{job="web"})', { job: 'web', instance: 'a:80' }, targets)).toBe(
      false,
    );
  });
});
