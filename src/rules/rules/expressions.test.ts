import { describe, expect, it } from 'vitest';
import type { Rule } from '../define-rule.ts';
import { composeOf, prometheus, told } from '../test-support.ts';
import { beyondRetention } from './beyond-retention.ts';
import { failingExpression } from './failing-expression.ts';
import { hastyAbsence } from './hasty-absence.ts';
import { impossibleCondition } from './impossible-condition.ts';
import { invertedAbsence } from './inverted-absence.ts';
import { missingSeverity } from './missing-severity.ts';
import { rateOfAggregate } from './rate-of-aggregate.ts';
import { recordingLoop } from './recording-loop.ts';
import { sameOperands } from './same-operands.ts';
import { selfWatching } from './self-watching.ts';
import { unstableLabel } from './unstable-label.ts';
import { unusedRecording } from './unused-recording.ts';

const tell = (rule: Rule, rules: readonly object[], config = '', service = prometheus): string[] =>
  told(rule, {
    'compose.yml': composeOf({
      prometheus: service.replace('volumes:', 'volumes:\n  - ./rules.yml:/etc/prometheus/rules.yml'),
    }),
    'prometheus.yml': `rule_files: [rules.yml]\n${config}`,
    'rules.yml': JSON.stringify({ groups: [{ name: 'g', rules }] }),
  });
const alert = (expr: string, more: object = {}): object => ({ alert: 'A', expr, ...more });

describe('rules/impossible-condition', () => {
  it.each([
    'up == 1',
    'count(up == 0) > 0',
    'x != x',
    'rate(a[5m]) - rate(b[5m]) < 0',
    'delta(x[5m]) < 0',
    'x{a="b", a=~"b|c"}',
    'x{a!="", a!="b"}',
    '1 - rate(x_total[5m]) < 0',
    'absent(x) == 1',
    'hour() >= 22 or hour() < 6',
    'up > bool 1',
    'x / y > 100',
    'scalar(up) > bool 2',
    'vector(scalar(up)) > 2',
    'quantile(5, up) > 1',
  ])('is silent about %s', (expr) => {
    expect(tell(impossibleCondition, [alert(expr)])).toEqual([]);
  });

  it.each([
    ['avg by (job) (up) > 1', /^error /],
    ['count(x) < 1', /^error .*holds for no value/],
    ['hour() > 23', /^error /],
    ['x unless x', /^error .*compares an expression with itself/],
    ['sum(x > x) > 0', /^error /],
    ['(x > 5) < 3', /^error /],
    ['rate(x_total[5m]) < 0', /^error /],
    ['rate(x[5m]) < 0', /^warning /],
    ['100 - rate(x_total[5m]) * 100 > 100', /^error /],
    ['sum(x{a="b", a!~"b.*"})', /^error .*No series can satisfy both/],
    ['x > 5 or up > 1', /^warning .*this side of "or"/],
    ['up > 1 and x', /^error /],
    ['x and up > 1', /^error /],
  ])('finds %s', (expr, expected) => {
    expect(tell(impossibleCondition, [alert(expr)])).toEqual([expect.stringMatching(expected)]);
  });
});

describe('rules/same-operands', () => {
  it.each([
    'x / x offset 1h',
    'x * x',
    'x / on (a) group_left () x',
    'sum(x) / x',
    'x{a="b"} / x',
    '1 - 1',
    'x == bool y',
  ])('is silent about %s', (expr) => expect(tell(sameOperands, [alert(expr)])).toEqual([]));

  it.each([
    'x{a="1",b="2"} / x{b="2", a="1"}',
    'sum by (a, b) (x) - sum by (b, a) (x)',
    '(x) and on (a) x',
    'rate(x[5m]) >= (rate(x[5m]))',
  ])('finds %s', (expr) => expect(tell(sameOperands, [alert(expr)]).length).toBe(1));
});

describe('rules/failing-expression', () => {
  it.each([
    ['label_replace(x, "a", "$1", "b", "(")', 1],
    ['label_replace(x, "a-b", "$1", "b", "(.*)")', 1],
    ['label_join(x, "a", ",", "b", "c d")', 1],
    ['holt_winters(x[5m], 1, 0.5)', 1],
    ['holt_winters(x[5m], 0.1, 0.5)', 0],
    ['count_values("version", x)', 0],
    ['label_replace(x, "a", "$1", "", "")', 0],
  ])('%s', (expr, findings) => {
    expect(tell(failingExpression, [alert(expr)]).length).toBe(findings);
  });

  it('lets a later version have any name of a label', () => {
    const later = prometheus.replace('v2.47.0', 'v3.1.0');
    expect(tell(failingExpression, [alert('count_values("a b", x)')], '', later)).toEqual([]);
  });
});

describe('rules/beyond-retention', () => {
  const looksBack = (expr: string, flags: string): number =>
    tell(beyondRetention, [alert(expr)], '', `${prometheus}\ncommand: [${flags}]`).length;

  it.each([
    ['x offset 20d', '', 1],
    ['x offset 14d', '', 0],
    ['x offset 20d', '--storage.tsdb.retention.time=30d', 0],
    ['x offset 20d', '--storage.tsdb.retention.size=5GB', 0],
    ['rate(x[10d] offset 10d)', '', 1],
    ['max_over_time(x[20d:1h])', '', 1],
    ['x offset -20d', '', 0],
  ])('%s with "%s"', (expr, flags, findings) => {
    expect(looksBack(expr, flags)).toBe(findings);
  });
});

describe('rules of absence', () => {
  it.each([
    ['absent(up)', {}, 1],
    ['absent(up) or up == 0', {}, 1],
    ['absent(up)', { for: '1m' }, 0],
    ['absent_over_time(up[5m])', {}, 0],
    ['x unless absent(y)', {}, 0],
  ])('%s %j is hasty', (expr, more, findings) => {
    expect(tell(hastyAbsence, [alert(expr, more)]).length).toBe(findings);
  });

  it.each([
    ['absent(up{job="a"} == 0)', 1],
    ['absent(up < 1)', 1],
    ['absent(up == 1)', 0],
    ['absent(x == 0)', 0],
  ])('%s is turned round', (expr, findings) => {
    expect(tell(invertedAbsence, [alert(expr)]).length).toBe(findings);
  });
});

describe('rules/rate-of-aggregate', () => {
  it.each([
    ['rate(sum(x)[5m:1m])', 1],
    ['increase(max by (a) (x)[1h:])', 1],
    ['rate((x * 2)[5m:1m])', 0],
    ['deriv(sum(x)[5m:1m])', 0],
    ['sum(rate(x[5m]))', 0],
  ])('%s', (expr, findings) => {
    expect(tell(rateOfAggregate, [alert(expr)]).length).toBe(findings);
  });
});

describe('rules/unstable-label', () => {
  it.each([
    ['x > 1', '{{ $value }}', 1],
    ['x > 1', '{{ printf "%.1f" .Value }}', 1],
    ['up == 0', '{{ $value }}', 0],
    ['x > 1', '{{ if gt $value 5.0 }}much{{ else }}some{{ end }}', 0],
    ['x > 1', '{{ $labels.value }}', 0],
    ['x > 1', '{{ with query "y" }}{{ (. | first).Value }}{{ end }}', 0],
  ])('%s with %s', (expr, level, findings) => {
    expect(tell(unstableLabel, [alert(expr, { labels: { level } })]).length).toBe(findings);
  });
});

describe('rules/missing-severity', () => {
  const others = (count: number): object[] =>
    Array.from({ length: count }, (_, index) => ({
      alert: `B${index}`,
      expr: 'up == 0',
      labels: { severity: 'warning' },
    }));

  it.each([
    [4, 'up == 0', 1],
    [3, 'up == 0', 0],
    [5, 'max by (severity) (x) > 1', 0],
    [5, 'max by (job) (x{severity="a"}) > 1', 1],
  ])('%i others, %s', (count, expr, findings) => {
    expect(tell(missingSeverity, [...others(count), alert(expr)]).length).toBe(findings);
  });
});

describe('rules/self-watching', () => {
  const jobs = `scrape_configs:
  - {job_name: self, static_configs: [{targets: ["localhost:9090"]}]}
  - {job_name: node, static_configs: [{targets: ["localhost:9100"]}]}
  - {job_name: both, static_configs: [{targets: ["prometheus:9090", "192.0.2.7:9090"]}]}
`;

  it.each([
    ['up{job="self"} == 0', 1],
    ['up{job=~"se.*"} < 1', 1],
    ['absent(up{job="self"})', 1],
    ['up{job="node"} == 0', 0],
    ['up{job="both"} == 0', 0],
    ['up == 0', 0],
    ['up{job!="other"} == 0', 0],
    ['up{job="self"} == 1', 0],
  ])('%s', (expr, findings) => {
    expect(tell(selfWatching, [alert(expr)], jobs).length).toBe(findings);
  });
});

describe('rules of recordings', () => {
  it('follow a loop through several rules once', () => {
    const rules = ['b', 'c', 'a'].map((name, index) => ({ record: `r:${'abc'[index]}`, expr: `r:${name} + 1` }));
    expect(tell(recordingLoop, rules)).toEqual([expect.stringContaining('by way of')]);
    expect(tell(recordingLoop, [...rules.slice(0, 2), { record: 'r:c', expr: 'x' }])).toEqual([]);
  });

  it('leave what goes to another store to that', () => {
    const rules = [{ record: 'r:a', expr: 'sum(x)' }];
    expect(tell(unusedRecording, rules).length).toBe(1);
    expect(tell(unusedRecording, rules, 'remote_write: [{url: "http://a/"}]\n')).toEqual([]);
  });
});
