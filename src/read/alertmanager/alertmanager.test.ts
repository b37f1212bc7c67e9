import { describe, expect, it } from 'vitest';
import type { AlertmanagerConfig, Route } from '../../model/alertmanager.ts';
import type { Repository } from '../../model/repository.ts';
import { faultLines, oneStack } from '../test-support.ts';
import { parseMatchers } from './matchers.ts';

function read(text: string): { config: AlertmanagerConfig; repository: Repository } {
  const { stack, repository } = oneStack({
    'compose.yml':
      'services:\n  a:\n    image: prom/alertmanager\n    volumes: ["./am.yml:/etc/alertmanager/alertmanager.yml"]\n',
    'am.yml': text,
  });
  const [config] = stack.alertmanager;
  if (config === undefined) throw new Error('no Alertmanager was found');
  return { config, repository };
}

function outline(route: Route): unknown {
  return [
    route.receiver,
    route.groupBy.join(),
    route.matchers.map((m) => m.label + m.op + m.value).join(),
    ...route.routes.map(outline),
  ];
}

describe('the route tree', () => {
  it('inherits receivers and groups, and reads every form of matcher', () => {
    const { config } = read(`route:
  receiver: root
  group_by: [alertname, job]
  routes:
    - match: {severity: critical, n: 1}
      receiver: one
      continue: true
      routes:
        - match_re: {service: "a|b"}
          group_by: []
    - matchers: ['team="x, y"', "env!~'q'", 'a=~b.*']
    - matchers: '{a="1",b!="2"}'
`);
    expect(config.route && outline(config.route)).toEqual([
      'root',
      'alertname,job',
      '',
      ['one', 'alertname,job', 'severity=critical,n=1', ['one', '', 'service=~a|b']],
      ['root', 'alertname,job', `team=x, y,env!~'q',a=~b.*`],
      ['root', 'alertname,job', 'a=1,b!=2'],
    ]);
    expect(config.route?.routes.map((route) => route.continue)).toEqual([true, false, false]);
    expect(config.route?.routes[0]?.routes[0]?.at.pointer).toEqual(['route', 'routes', 0, 'routes', 0]);
  });

  it('reports what is no matcher', () => {
    const { repository, config } = read('route:\n  receiver: a\n  matchers:\n    - "a=b"\n    - "nonsense"\n');
    expect(faultLines(repository)).toEqual(['alertmanager/invalid-matcher am.yml:5']);
    expect(config.route?.matchers.length).toBe(1);
  });

  it.each([
    '',
    'route: 1',
    'route: {routes: [1, null]}',
    'receivers: {a: b}',
    'receivers: [1, {webhook_configs: [1]}]',
  ])('survives odd shapes: %s', (text) => {
    expect(read(text).config.receivers.flatMap((receiver) => receiver.integrations)).toEqual([]);
  });
});

describe('parseMatchers', () => {
  it.each([
    ['a=b', ['a', '=', 'b']],
    ['a = "b"', ['a', '=', 'b']],
    ['a!="b"', ['a', '!=', 'b']],
    ['a=~"x|y"', ['a', '=~', 'x|y']],
    ['a!~.*', ['a', '!~', '.*']],
    ['a=""', ['a', '=', '']],
    ['a=', ['a', '=', '']],
    ['a="q\\"\\\\\\n"', ['a', '=', 'q"\\\n']],
    ['{a="}"}', ['a', '=', '}']],
  ])('%s', (text, [label, op, value]) => {
    expect(parseMatchers(text)).toEqual({ matchers: [{ label, op, value }], invalid: [] });
  });

  it('reads several, and a comma at the end', () => {
    expect(parseMatchers('{a="x,y", b=~c|d,}').matchers.map(({ value }) => value)).toEqual(['x,y', 'c|d']);
    expect(parseMatchers('a=b,,c=d').invalid).toMatchObject([{ part: '' }]);
  });

  it.each(['a', '=b', '1a=b', 'a="b', 'a=b"', 'a=~"("', 'a="b"c"'])('refuses %s', (text) => {
    expect(parseMatchers(text)).toMatchObject({ matchers: [], invalid: [{ part: text }] });
  });
});

describe('receivers', () => {
  it.each([
    ['webhook', '{url: a}', true],
    ['pagerduty', '{}', true],
    ['email', '{to: a}', false],
    ['slack', '', false],
    ['slack', '{send_resolved: true}', true],
    ['webhook', '{send_resolved: false}', false],
  ])('%s %s resolves: %s', (kind, text, sendResolved) => {
    const { config } = read(`receivers:\n  - name: r\n    ${kind}_configs:\n      - ${text}\n`);
    expect(config.receivers).toMatchObject([{ name: 'r', integrations: [{ kind, index: 0, sendResolved }] }]);
  });
});

describe('inhibition rules and templates', () => {
  it('are read in the old and the new form', () => {
    const { config } = read(`inhibit_rules:
  - source_match: {severity: critical}
    target_match_re: {severity: "w.*"}
    equal: [instance]
  - source_matchers: [a="b"]
    target_matchers: ["c!=d"]
templates: [/etc/alertmanager/*.tmpl]
`);
    expect(config.inhibitRules).toMatchObject([
      {
        source: [{ label: 'severity', op: '=', value: 'critical' }],
        target: [{ label: 'severity', op: '=~', value: 'w.*' }],
        equal: ['instance'],
      },
      { source: [{ label: 'a', op: '=' }], target: [{ label: 'c', op: '!=' }], equal: [] },
    ]);
    expect(config.templates).toEqual([
      { value: '/etc/alertmanager/*.tmpl', at: { file: 'am.yml', pointer: ['templates', 0] } },
    ]);
  });
});
