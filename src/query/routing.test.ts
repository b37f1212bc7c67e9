import { describe, expect, it } from 'vitest';
import { treeOf } from '../model/tree.ts';
import { readRepository } from '../read/repository.ts';
import { isInhibited, routesFor } from './routing.ts';

const config = readRepository(
  treeOf({
    'compose.yml':
      "services:\n  am:\n    image: prom/alertmanager:v0.26.0\n    volumes: ['./am.yml:/etc/alertmanager/alertmanager.yml']\n",
    'am.yml': `route:
  receiver: root
  routes:
    - { matchers: ['severity="critical"'], receiver: pager, continue: true }
    - match: { team: db }
      receiver: db
      routes:
        - { match_re: { service: 'redis|valkey' }, receiver: cache }
    - { matchers: ['severity=~"warn.*"', 'team!="db"'], receiver: mail }
inhibit_rules:
  - { source_matchers: ['severity="critical"'], target_matchers: ['severity="warning"'], equal: [alertname, instance] }
  - { source_matchers: ['alertname="Down"'], target_matchers: ['alertname=~".+"'], equal: [instance] }
receivers: [{ name: root }, { name: pager }, { name: db }, { name: cache }, { name: mail }]
`,
  }),
).stacks[0]?.alertmanager[0];
if (config === undefined) throw new Error('no Alertmanager was read');

describe('routesFor', () => {
  it.each([
    [{}, ['root']],
    [{ severity: 'critical' }, ['pager']],
    [{ severity: 'critical', team: 'db' }, ['pager', 'db']],
    [{ team: 'db', service: 'redis' }, ['cache']],
    [{ team: 'db', service: 'rediscovery' }, ['db']],
    [{ severity: 'warning' }, ['mail']],
    [{ severity: 'forewarning' }, ['root']],
  ])('%j goes to %j', (labels, receivers) => {
    expect(routesFor(config, labels).map((route) => route.receiver)).toEqual(receivers);
  });
});

describe('isInhibited', () => {
  const warning = { alertname: 'Hot', severity: 'warning', instance: 'a' };
  it.each([
    [warning, [{ alertname: 'Hot', severity: 'critical', instance: 'a' }], true],
    [warning, [{ alertname: 'Hot', severity: 'critical', instance: 'b' }], false],
    [warning, [{ alertname: 'Down', severity: 'critical', instance: 'a' }], true],
    [{ alertname: 'Down', instance: 'a' }, [{ alertname: 'Down', instance: 'a' }], false],
    [{ alertname: 'Hot' }, [{ alertname: 'Down' }], true],
  ])('%j beside %j: %s', (labels, others, muted) => {
    expect(isInhibited(config, labels, others)).toBe(muted);
  });
});
