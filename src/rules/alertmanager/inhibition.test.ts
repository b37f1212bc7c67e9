import { describe, expect, it } from 'vitest';
import { alertmanager, composeOf, prometheus, told } from '../test-support.ts';
import { circularInhibition } from './circular-inhibition.ts';
import { idleInhibition } from './idle-inhibition.ts';
import { mutedForEver } from './muted-for-ever.ts';
import { vainEqual } from './vain-equal.ts';

const alerts = `groups:
  - name: a
    rules:
      - {alert: Down, expr: up == 0, labels: {severity: critical}}
      - {alert: Busy, expr: 'load > 1', labels: {severity: warning, team: web}}
      - {alert: Gone, expr: 'sum(up) == 0', labels: {severity: critical}}
      - {alert: Errors, expr: 'sum(errors) > 1', labels: {severity: warning}}
      - {alert: Watchdog, expr: vector(1), labels: {severity: none}}
`;
const files = (rules: string): Record<string, string> => ({
  'compose.yml': composeOf({ alertmanager, prometheus: `${prometheus}\n  - ./a.yml:/etc/prometheus/a.yml` }),
  'prometheus.yml':
    "rule_files: [a.yml]\nalerting: {alertmanagers: [{static_configs: [{targets: ['alertmanager:9093']}]}]}\n",
  'a.yml': alerts,
  'alertmanager.yml': `route: {receiver: r}\nreceivers: [{name: r}]\ninhibit_rules:\n${rules}`,
});
const rule = (source: string, target: string, equal = ''): string =>
  `  - {source_matchers: [${source}], target_matchers: [${target}], equal: [${equal}]}\n`;
const severities = (lines: readonly string[]): string[] => lines.map((line) => line.split(' ')[0] ?? '');

describe('alertmanager/idle-inhibition', () => {
  it.each([
    ['alertname=Down', 'severity=warning', 0],
    ['instance="db"', 'severity=warning', 0],
    ['alertname=NodeDown', 'severity=warning', 1],
    ['alertname=~"Node.*|Down"', 'severity=warning', 0],
    ['alertname=Down', 'severity=minor', 1],
    ['alertname=Gone, instance=db', 'severity=warning', 1],
  ])('%s mutes %s', (source, target, count) => {
    expect(told(idleInhibition, files(rule(source, target)))).toHaveLength(count);
  });
});

describe('alertmanager/vain-equal', () => {
  it.each<[string, string, string, string[]]>([
    ['alertname=Down', 'alertname=Busy', 'instance', []],
    ['alertname=Gone', 'alertname=Errors', 'instance', ['warning']],
    ['alertname=Gone', 'alertname=Errors', 'alertname', ['warning']],
    ['severity=critical', 'severity=warning', 'alertname, instance', ['warning']],
    ['severity=critical', 'severity=~".+"', 'alertname', []],
    ['alertname=Gone', 'alertname=Busy', 'team', ['warning']],
    ['alertname=Down', 'alertname=Busy', 'cluster', ['info']],
    ['alertname=Down', 'alertname=Busy', 'cluster, instance', []],
    ['alertname=Down', 'alertname=Busy', '', []],
  ])('%s mutes %s by [%s]', (source, target, equal, expected) => {
    expect(severities(told(vainEqual, files(rule(source, target, equal))))).toEqual(expected);
  });
});

describe('alertmanager/circular-inhibition', () => {
  it.each([
    ['the mirror', rule('alertname=Down', 'severity=warning') + rule('severity=warning', 'alertname=Down'), 1],
    ['alerts in both', rule('alertname=Gone', 'alertname=Errors') + rule('severity=warning', 'severity=critical'), 1],
    ['a chain', rule('alertname=Down', 'alertname=Busy') + rule('alertname=Busy', 'alertname=Errors'), 0],
    ['the same twice', rule('alertname=Down', 'alertname=Busy') + rule('alertname=Down', 'alertname=Busy'), 0],
    [
      'labels that may differ',
      rule('alertname=Gone', 'alertname=Errors', 'x') + rule('severity=warning', 'severity=critical'),
      0,
    ],
  ])('reads %s', (_, rules, count) => {
    expect(told(circularInhibition, files(rules))).toHaveLength(count);
  });
});

describe('alertmanager/muted-for-ever', () => {
  it.each([
    ['alertname=Watchdog', 'severity=warning', '', 1],
    ['alertname=~".*"', 'severity=warning', '', 1],
    ['alertname=~".*"', 'alertname=~".*"', '', 0],
    ['alertname=Watchdog', 'alertname=Errors', 'instance', 1],
    ['alertname=Watchdog', 'alertname=Busy', 'instance', 0],
    ['alertname=Watchdog', 'severity=warning', 'alertname', 0],
    ['severity=critical', 'severity=warning', '', 0],
    ['alertname=Watchdog', 'alertname=Watchdog', '', 0],
  ])('%s mutes %s by [%s]', (source, target, equal, count) => {
    expect(told(mutedForEver, files(rule(source, target, equal)))).toHaveLength(count);
  });
});
