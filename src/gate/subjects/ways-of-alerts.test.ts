import { describe, expect, it } from 'vitest';
import type { Stack } from '../../model/stack.ts';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { groupingSubjects, inhibitionSubjects } from './alert-routing.ts';
import { deathSubjects, unwatched } from './end-to-end.ts';
import { mailSubjects } from './mail-faults.ts';

const compose = `services:
  prometheus:
    image: prom/prometheus:v2.47.0
    volumes: ['./prometheus.yml:/etc/prometheus/prometheus.yml:ro', './rules.yml:/etc/prometheus/rules.yml:ro']
  alertmanager:
    image: prom/alertmanager:v0.26.0
    volumes: ['./alertmanager.yml:/etc/alertmanager/alertmanager.yml:ro']
  loki: { image: grafana/loki:2.9.2 }
  grafana: { image: grafana/grafana:10.2.0, network_mode: 'service:loki' }
  relay: { image: example/relay:1 }
  post: { image: example/post:1 }
`;
const rules = (...exprs: readonly string[]): string =>
  JSON.stringify({
    groups: [
      {
        name: 'a',
        rules: exprs.map((expr, index) => ({ alert: `A${index}`, expr, labels: { severity: `s${index}` } })),
      },
    ],
  });
const prometheus = `rule_files: [rules.yml]
alerting: { alertmanagers: [{ static_configs: [{ targets: ['alertmanager:9093'] }] }] }
scrape_configs:
  - { job_name: self, static_configs: [{ targets: ['localhost:9090', 'prometheus:9090'] }] }
  - { job_name: am, static_configs: [{ targets: ['alertmanager:9093'] }] }
  - { job_name: logs, static_configs: [{ targets: ['10.0.0.7:3100', 'loki:3100'] }] }
  - { job_name: relay, static_configs: [{ targets: ['relay:80'] }] }
  - { job_name: far, static_configs: [{ targets: ['10.0.0.8:9100'] }] }
`;
const webhook = "route: { receiver: ops }\nreceivers: [{ name: ops, webhook_configs: [{ url: 'http://relay/' }] }]\n";

function stackOf(alertmanager: string, ...exprs: readonly string[]): Stack {
  const files = { 'compose.yml': compose, 'prometheus.yml': prometheus, 'alertmanager.yml': alertmanager };
  const [stack] = readRepository(treeOf({ ...files, 'rules.yml': rules(...exprs) })).stacks;
  if (stack === undefined) throw new Error('no stack was read');
  return stack;
}

describe('end to end', () => {
  it('lets die what an alert watches and no message needs', () => {
    const subjects = deathSubjects(stackOf(webhook, 'up == 0', 'up{job="logs"} < 1', 'x > 1'));
    expect(
      subjects.map(({ claim, service, alerts }) => [claim.subject, service, alerts.map(({ name }) => name)]),
    ).toEqual([
      ['logs', 'loki', ['A0', 'A1']],
      ['far', undefined, ['A0']],
    ]);
    expect(unwatched(stackOf(webhook, 'up == 0'))).toEqual([]);
  });

  it('says so where no alert watches a target', () => {
    const stack = stackOf(webhook, 'up{job="am"} == 0');
    expect(deathSubjects(stack)).toEqual([]);
    expect(unwatched(stack).map(({ claim }) => claim.subject)).toEqual(['an alert tells that a target died']);
  });

  it('claims nothing where no alert is sent', () => {
    expect(unwatched(stackOf(webhook))).toEqual([]);
  });
});

describe('mail faults', () => {
  const mails = (global: string, more = ''): string => `global: { ${global} }
route: { receiver: ops, routes: [{ receiver: dba, matchers: ['severity = s1'] }] }
receivers:
  - { name: ops, email_configs: [{ to: a@example.org ${more} }] }
  - { name: dba, email_configs: [{ to: b@example.org }], webhook_configs: [{ url: 'http://far.example/' }] }
  - { name: idle, email_configs: [{ to: c@example.org }] }
`;
  const claims = (config: string): string[] =>
    mailSubjects(stackOf(config, 'up == 0', 'x > 1')).map(({ claim }) => claim.subject);

  it('are claimed of every mail that alerts reach, and of one the faults', () => {
    expect(claims(mails("smtp_smarthost: 'mail.example.org:587', smtp_auth_username: me"))).toEqual([
      'ops/email/0 uses TLS and its login',
      'dba/email/0 uses TLS and its login',
      'dba/email/0 outlives a mail host that offers no STARTTLS',
      'dba/email/0 outlives a mail host that refuses the login',
      'dba/email/0 outlives a mail host that refuses the recipient',
      'dba/email/0 outlives a mail host that asks to try later',
      'dba/email/0 outlives a mail host that says nothing',
    ]);
  });

  it('leave out what is not configured', () => {
    const plain = "smtp_smarthost: 'post:25', smtp_require_tls: false, smtp_auth_username: me";
    expect(claims(mails(plain, ", smarthost: 'mail.example.org:465'"))).toEqual([
      'ops/email/0 uses TLS and its login',
      'dba/email/0 outlives a mail host that refuses the recipient',
      'dba/email/0 outlives a mail host that asks to try later',
      'dba/email/0 outlives a mail host that says nothing',
    ]);
  });

  it('are none where no mail is sent', () => {
    expect(mailSubjects(stackOf(webhook, 'up == 0'))).toEqual([]);
  });
});

describe('routing', () => {
  it('claims groups only where somebody gets a message', () => {
    expect(groupingSubjects(stackOf(webhook, 'up == 0'))).toHaveLength(1);
    expect(groupingSubjects(stackOf('route: { receiver: none }\nreceivers: [{ name: none }]\n', 'up == 0'))).toEqual(
      [],
    );
  });

  it('claims inhibition only where there are alerts on both sides', () => {
    const inhibiting = `${webhook}inhibit_rules:
  - { source_matchers: ['severity = s0'], target_matchers: ['severity =~ "s1|s9"'] }
  - { source_matchers: ['severity = s0'], target_matchers: ['severity = s9'] }
`;
    expect(inhibitionSubjects(stackOf(inhibiting, 'up == 0', 'x > 1')).map(({ claim }) => claim.subject)).toEqual([
      'severity="s0" mutes severity=~"s1|s9"',
    ]);
  });
});
