import { describe, expect, it } from 'vitest';
import { alertmanager, composeOf, prometheus, told } from '../test-support.ts';
import { unmatchedValue } from './unmatched-value.ts';
import { unreachedReceiver } from './unreached-receiver.ts';
import { unroutedValue } from './unrouted-value.ts';
import { untakenRoute } from './untaken-route.ts';

interface Parts {
  readonly labels?: string;
  readonly expr?: string;
  readonly prom?: string;
  readonly services?: Readonly<Record<string, string>>;
  readonly more?: Readonly<Record<string, string>>;
}

const sent = "alerting: {alertmanagers: [{static_configs: [{targets: ['alertmanager:9093']}]}]";
const files = (routes: string, { labels = '', expr = 'up == 0', prom = '}', services = {}, more = {} }: Parts) => ({
  'compose.yml': composeOf({
    alertmanager,
    prometheus: `${prometheus}\n  - ./a.yml:/etc/prometheus/a.yml`,
    ...services,
  }),
  'prometheus.yml': `rule_files: [a.yml]\n${sent}${prom}\n`,
  'a.yml': `groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: ${expr}\n        labels: {${labels}}\n`,
  'alertmanager.yml': `route:\n  receiver: r\n  routes:\n${routes}receivers:\n  - {name: r, webhook_configs: [{url: 'http://h'}]}\n  - {name: x, webhook_configs: [{url: 'http://h'}]}\n`,
  ...more,
});
const one = (matcher: string): string => `    - {receiver: x, matchers: ['${matcher}']}\n`;
const untaken = (matcher: string, parts: Parts = {}): string[] => told(untakenRoute, files(one(matcher), parts));

describe('alertmanager/untaken-route', () => {
  it.each<[string, string, Parts]>([
    ['a label of its rule', 'severity="page"', { labels: 'severity: page' }],
    ['its name', 'alertname="A"', {}],
    ['a label its series may have', 'instance=~"db.*"', {}],
    ['a templated label', 'team="x"', { labels: 'team: "{{ $labels.team }}"' }],
    ['an external label', 'site="n"', { prom: '}\nglobal: {external_labels: {site: n}}' }],
    ['an external label with a variable', 'site="n"', { prom: '}\nglobal: {external_labels: {site: "${SITE}"}}' }],
    ['a rewritten label', 'a="b"', { prom: ', alert_relabel_configs: [{target_label: a, replacement: b}]}' }],
    [
      'a label made from what is open',
      'a="b"',
      { prom: ', alert_relabel_configs: [{source_labels: [job], target_label: a}]}' },
    ],
    ['an absent label', 'severity=""', { expr: 'vector(1)' }],
    ['what the expression asks for', 'job="web"', { expr: 'up{job="web"} == 0' }],
    ['a kept label', 'job="web"', { expr: 'sum by (job) (up) == 0' }],
  ])('is silent where the alert has %s', (_, matcher, parts) => {
    expect(untaken(matcher, parts)).toEqual([]);
  });

  it.each<[string, string, Parts, string]>([
    [
      'another value',
      'severity="pge"',
      { labels: 'severity: page' },
      'it asks for "severity=pge", and they have "page"',
    ],
    ['a label the expression drops', 'job="web"', { expr: 'sum(up) == 0' }, 'none has that label'],
    ['a label that cannot be', 'job="db"', { expr: 'up{job="web"} == 0' }, 'they have "web"'],
    [
      'another external label',
      'site="s"',
      { expr: 'vector(1)', prom: '}\nglobal: {external_labels: {site: n}}' },
      '"n"',
    ],
    [
      'a label dropped on the way',
      'severity="page"',
      { labels: 'severity: page', prom: ', alert_relabel_configs: [{regex: severity, action: labeldrop}]}' },
      'none has that label',
    ],
    ['an empty label', 'severity="page"', { labels: 'severity: ""' }, 'none has that label'],
  ])('finds a route that asks for %s', (_, matcher, parts, why) => {
    const found = untaken(matcher, parts);
    expect(found).toEqual([expect.stringMatching(/^warning alertmanager.yml:4 The route to "x" is taken by none/)]);
    expect(found.join()).toContain(why);
  });

  it('finds a route whose alerts another takes first', () => {
    const routes = `${one('severity="page"')}    - {receiver: x, matchers: ['severity=~"page|z", alertname="A"']}\n`;
    expect(told(untakenRoute, files(routes, { labels: 'severity: page' }))).toEqual([
      'warning alertmanager.yml:5 The route to "x" is taken by none of the 1 alerts: routes before it take all that it asks for, such as "A"',
    ]);
  });

  it.each<[string, Parts]>([
    ['a ruler', { services: { ruler: 'image: acme/ruler\ncommand: --notifier=http://alertmanager:9093' } }],
    [
      'Loki',
      {
        services: { loki: 'image: grafana/loki:2.9.2\nvolumes: ["./l.yml:/etc/loki/local-config.yaml"]' },
        more: { 'l.yml': 'ruler: {alertmanager_url: "http://alertmanager:9093"}\n' },
      },
    ],
    ['a rule file that is not there', { more: { 'prometheus.yml': `rule_files: [a.yml, b.yml]\n${sent}}\n` } }],
    [
      'a Prometheus of another file',
      { more: { 'b/compose.yml': composeOf({ prometheus }), 'b/prometheus.yml': `${sent}}\n` } },
    ],
    [
      'Grafana',
      {
        services: {
          grafana: 'image: grafana/grafana:10.2.0\nvolumes: ["./p:/etc/grafana/provisioning"]',
        },
        more: {
          'p/alerting/c.yaml':
            'apiVersion: 1\ncontactPoints: [{name: a, receivers: [{uid: b, type: prometheus-alertmanager, settings: {url: "http://alertmanager:9093"}}]}]\n',
        },
      },
    ],
  ])('only tells where %s may send others', (_, parts) => {
    expect(untaken('severity="page"', { expr: 'vector(1)', ...parts })).toEqual([
      expect.stringMatching(
        /^info alertmanager.yml:4 The route to "x" can be taken by no alert that is known; .*cannot be told$/,
      ),
    ]);
  });

  it('knows the alerts of the same configuration in another file', () => {
    const parts = {
      expr: 'vector(1)',
      more: { 'other/compose.yml': composeOf({ prometheus: prometheus.replace('./', '../') }) },
    };
    expect(untaken('severity="page"', parts)).toEqual([expect.stringMatching(/^warning /)]);
  });

  it('is silent where no alert is known at all', () => {
    expect(told(untakenRoute, { ...files(one('a="b"'), {}), 'prometheus.yml': `${sent}}\n` })).toEqual([]);
    expect(told(untakenRoute, { ...files(one('a="b"'), {}), 'compose.yml': composeOf({ alertmanager }) })).toEqual([]);
  });
});

describe('alertmanager/unreached-receiver', () => {
  it('leaves the receiver of the root alone', () => {
    expect(told(unreachedReceiver, files(one('alertname="A"'), {}))).toEqual([]);
    expect(told(unreachedReceiver, files(one('alertname="B"'), {}))).toEqual([
      expect.stringMatching(/^warning alertmanager.yml:7 Receiver "x" is reached by none of the 1 alerts/),
    ]);
  });
});

describe('alertmanager/unrouted-value', () => {
  it.each([
    ['severity="page"', 'severity: page', undefined],
    ['severity="page"', 'severity: info', 'info'],
    ['severity="warning"', 'severity: critical', 'warning'],
    ['severity="critical"', 'severity: Critical', 'warning'],
    ['severity="critical"', 'severity: critcal', 'warning'],
    ['team="web"', 'team: data', 'info'],
    ['severity!="page"', 'severity: page', undefined],
    ['severity="critical"', 'severity: "{{ $labels.severity }}"', undefined],
    ['severity="critical"', '', undefined],
  ])('%s with %s: %s', (matcher, labels, severity) => {
    const found = told(unroutedValue, files(one(matcher), { labels }));
    expect(found.map((line) => line.split(' ')[0])).toEqual(severity === undefined ? [] : [severity]);
  });
});

describe('alertmanager/untaken-route that would drop', () => {
  const dropping = (matcher: string): string[] => {
    const texts = files(`    - {receiver: 'null', matchers: ['${matcher}']}\n`, { labels: 'severity: page' });
    const config = `${texts['alertmanager.yml']}  - {name: 'null'}\n`;
    return told(untakenRoute, { ...texts, 'alertmanager.yml': config }).map((line) => line.split(' ')[0] ?? '');
  };

  it('only tells, unless its value is misspelt', () => {
    expect([dropping('severity="none"'), dropping('severity="pgae"')]).toEqual([['info'], ['warning']]);
  });
});

describe('alertmanager/unrouted-value beside a route that drops', () => {
  it('is silent: the root is where the others are to go', () => {
    const texts = files("    - {receiver: 'null', matchers: ['severity=\"none\"']}\n", {
      labels: 'severity: critical',
    });
    const config = `${texts['alertmanager.yml']}  - {name: 'null'}\n`;
    expect(told(unroutedValue, { ...texts, 'alertmanager.yml': config })).toEqual([]);
  });
});

describe('alertmanager/unmatched-value', () => {
  it.each([
    ['severity=~"page|pgae"', 'severity: page', 'info'],
    ['severity=~"critical|warnin"', 'severity: critical', 'info'],
    ['severity=~"page|Page"', 'severity: page', 'info'],
    ['severity=~"page"', 'severity: page', undefined],
    ['severity=~"page|pag.*"', 'severity: page', undefined],
    ['job=~"a|b"', '', undefined],
  ])('%s with %s: %s', (matcher, labels, severity) => {
    const found = told(unmatchedValue, files(one(matcher), { labels }));
    expect(found.map((line) => line.split(' ')[0])).toEqual(severity === undefined ? [] : [severity]);
  });
});
