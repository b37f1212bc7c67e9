import { describe, expect, it } from 'vitest';
import { alertmanager, composeOf, prometheus, told } from '../test-support.ts';
import { unroutedAlert } from './unrouted-alert.ts';

const receivers = 'receivers:\n  - name: nobody\n  - name: chat\n    webhook_configs: [{url: "http://chat:1"}]\n';
const sent = "alerting:\n  alertmanagers:\n    - static_configs: [{targets: ['alertmanager:9093']}]\n";
const check = (route: string, labels: string, config = '', more = ''): string[] =>
  told(unroutedAlert, {
    'docker-compose.yml': composeOf({ alertmanager, prometheus: `${prometheus}\n  - ./a.yml:/etc/prometheus/a.yml` }),
    'prometheus.yml': `rule_files: [a.yml]\n${config.includes('alerting:') ? config : `${sent}${config}`}`,
    'a.yml': `groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: up == 0\n        labels: {${labels}}\n`,
    'alertmanager.yml': `route:\n  receiver: ${route}${receivers}${more}`,
  });
const nested = (matchers: string, rest = ''): string =>
  `nobody\n  routes:\n    - matchers: [${matchers}]\n      receiver: chat\n${rest}`;

describe('alertmanager/unrouted-alert', () => {
  it.each([
    ['the root tells somebody', 'chat\n', ''],
    ['a child takes it', nested('\'severity="page"\''), 'severity: page'],
    ['a label of the series may open a route', nested('\'instance=~"db.*"\''), 'severity: page'],
    ['a templated label may open a route', nested('\'team="x"\''), 'team: "{{ $labels.team }}"'],
    ['its name opens the route', nested('\'alertname="A"\''), ''],
  ])('is silent where %s', (_, route, labels) => {
    expect(check(route, labels)).toEqual([]);
  });

  it('is silent where an external label opens the route', () => {
    const external = 'global:\n  external_labels:\n    site: north\n';
    expect(check(nested('\'site="north"\''), '', external)).toEqual([]);
    // The series may have a label of that name, which then counts.
    expect(check(nested('\'site="south"\''), '', external)).toEqual([]);
    expect(check(nested('\'site="south"\''), 'site: ""', external)).toHaveLength(1);
  });

  it('is silent where labels are rewritten on the way', () => {
    const relabel = `${sent}  alert_relabel_configs:\n    - target_label: severity\n      replacement: page\n`;
    expect(check(nested('\'severity="page"\''), 'severity: info', relabel)).toEqual([]);
  });

  it.each([
    ['only an empty receiver', 'nobody\n', ''],
    ['no child that fits its labels', nested('\'severity="page"\''), 'severity: info'],
    [
      'an empty receiver that stops it from reaching a later one',
      `chat\n  routes:\n    - matchers: ['severity="info"']\n      receiver: nobody\n`,
      'severity: info',
    ],
  ])('finds an alert that reaches %s', (_, route, labels) => {
    expect(check(route, labels)).toEqual([
      'error a.yml:4 Alert "A" only reaches the receiver "nobody", which has no integration, so nobody is told',
    ]);
  });

  it('tells once of all alerts that end at the same receivers', () => {
    const rules = ['A', 'B', 'C'].map((name) => `      - {alert: ${name}, expr: up == 0}\n`).join('');
    const found = told(unroutedAlert, {
      'docker-compose.yml': composeOf({ alertmanager, prometheus: `${prometheus}\n  - ./a.yml:/etc/prometheus/a.yml` }),
      'prometheus.yml': `rule_files: [a.yml]\n${sent}`,
      'a.yml': `groups:\n  - name: a\n    rules:\n${rules}`,
      'alertmanager.yml': `route:\n  receiver: nobody\n${receivers}`,
    });
    expect(found).toEqual([expect.stringContaining('Alerts "A", "B" and "C" only reach the receiver "nobody"')]);
  });

  it.each(['null', 'blackhole', '"dev-null"'])('only tells where the receiver %s is there to drop', (name) => {
    const route = `chat\n  routes:\n    - matchers: ['alertname="A"']\n      receiver: ${name === 'null' ? '"null"' : name}\n`;
    const found = check(`${route}`, '', '', `  - name: ${name === 'null' ? '"null"' : name}\n`);
    expect(found.map((line) => line.split(' ')[0])).toEqual(['info']);
  });
});
