import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { type RenderedStack, renderStack } from '../render.ts';

const compose = `
services:
  alertmanager: { image: "prom/alertmanager:v0.26.0", volumes: ["./am.yml:/etc/alertmanager/alertmanager.yml:ro"] }
  hook: { image: "example/hook:1" }
`;

function render(config: string, services = compose): RenderedStack & { config: unknown } {
  const tree = treeOf({ 'compose.yml': services, 'am.yml': config });
  const [stack] = readRepository(tree).stacks;
  if (stack === undefined) throw new Error('no stack in the test tree');
  const rendered = renderStack(tree, stack, {
    project: 'lab',
    images: { hook: 'example/hook:1' },
    helperImage: 'node',
    labels: {},
  });
  return { ...rendered, config: parse(Buffer.from(rendered.files.get('files/am.yml')?.bytes ?? []).toString()) };
}

const cases = '{{ range .Alerts }}{{ or .Labels.stackproof_case .Fingerprint }}.{{ .Status }} {{ end }}';

test('routes wait little, and their muted hours are gone', () => {
  const { config } = render(`
route:
  receiver: a
  routes:
    - { receiver: a, group_wait: 5m, group_interval: 10m, repeat_interval: 1h, mute_time_intervals: [nights] }
    - { receiver: a, group_wait: 0s, routes: [{ receiver: a, group_interval: 1m, active_time_intervals: [nights] }] }
receivers: [{ name: a }]
time_intervals: [{ name: nights, time_intervals: [{ times: [{ start_time: "20:00", end_time: "24:00" }] }] }]
`);
  expect(config).toMatchObject({
    route: {
      group_wait: '1s',
      group_interval: '5s',
      routes: [
        { receiver: 'a', group_wait: '1s', group_interval: '5s', repeat_interval: '1h' },
        { group_wait: '0s', routes: [{ receiver: 'a', group_interval: '5s' }] },
      ],
    },
  });
  expect(JSON.stringify(config)).not.toMatch(/mute_time|active_time/);
});

test('alerts of different scenes do not mute each other', () => {
  const { config } = render(`
route: { receiver: a }
receivers: [{ name: a }]
inhibit_rules:
  - { source_matchers: [severity="critical"], target_matchers: [severity="warning"], equal: [alertname] }
  - { source_match: { alertname: Down }, target_match: { severity: warning } }
`);
  expect(config).toMatchObject({
    inhibit_rules: [{ equal: ['alertname', 'stackproof_scene'] }, { equal: ['stackproof_scene'] }],
  });
});

describe('receivers', () => {
  test('whose messages nobody sees are named', () => {
    const { config, unseen } = render(`
route: { receiver: a }
receivers:
  - name: a
    webhook_configs: [{ url: "http://localhost:5001/" }, { url: "https://hook:8000/" }, { url: "http://hook/", max_alerts: 3 }]
    other_configs: [{ api_url: "https://chat.example.org/secret" }]
`);
    expect(unseen.map((one) => `${one.kind}/${one.index}`)).toEqual(['webhook/0', 'webhook/1', 'other/0']);
    expect(config).toMatchObject({
      receivers: [
        {
          webhook_configs: [
            { url: 'http://localhost:5001/' },
            { url: 'https://hook:8000/' },
            { url: 'http://stackproof-helper:8082/receiver/a/webhook/2' },
          ],
          other_configs: [{ api_url: 'http://outside-chat-example-org:10443/receiver/a/other/0' }],
        },
      ],
    });
    expect(JSON.stringify(config)).not.toContain('max_alerts');
  });

  test('by webhook go to the stand-in of their host, and to a service of the stack by way of the helper', () => {
    const { config, standIns, leftOutside, relays } = render(`
route: { receiver: "on call / db" }
receivers:
  - name: "on call / db"
    webhook_configs:
      - url: https://hooks.example.org/secret-path
        http_config: { authorization: { credentials_file: /run/secrets/k }, tls_config: { ca_file: /ca }, proxy_url: "http://proxy:1" }
      - url: http://hook:8000/x
`);
    expect(config).toMatchObject({
      receivers: [
        {
          webhook_configs: [
            {
              url: 'http://outside-hooks-example-org:10443/receiver/on%20call%20%2F%20db/webhook/0',
              http_config: { authorization: { credentials_file: '/run/secrets/k' } },
            },
            { url: 'http://stackproof-helper:8082/receiver/on%20call%20%2F%20db/webhook/1' },
          ],
        },
      ],
    });
    expect(JSON.stringify(config)).not.toMatch(/tls_config|proxy_url/);
    expect(relays.forwards).toEqual({ '/receiver/on%20call%20%2F%20db/webhook/1': 'http://hook:8000/x' });
    expect(standIns).toEqual([
      { kind: 'webhook', original: 'hooks.example.org:443', address: 'outside-hooks-example-org:10443' },
    ]);
    expect(leftOutside).toEqual([]);
  });

  test('by mail go to a mail host that offers STARTTLS, and name their cases', () => {
    const { config, relays } = render(`
global: { smtp_smarthost: "smtp.example.org:587", smtp_from: a@example.org, smtp_auth_password: "\${SMTP_PASSWORD}" }
route: { receiver: dba }
receivers:
  - name: dba
    email_configs: [{ to: dba@example.org, headers: { Subject: x } }, { to: b@example.org, smarthost: "mail.example.org:465" }]
`);
    const headers = { 'X-Stackproof-Receiver': 'dba/email/0', 'X-Stackproof-Cases': cases };
    expect(config).toMatchObject({
      global: { smtp_smarthost: 'outside-smtp-example-org:10587', smtp_auth_password: '${SMTP_PASSWORD}' },
      receivers: [
        {
          email_configs: [
            {
              smarthost: 'outside-smtp-example-org:10587',
              tls_config: { insecure_skip_verify: true },
              headers: { Subject: 'x', ...headers },
            },
            { smarthost: 'outside-mail-example-org:465' },
          ],
        },
      ],
    });
    expect(relays.smtpPorts).toEqual([
      { port: 465, tls: true },
      { port: 10_587, tls: false },
    ]);
  });

  test.each([
    ['slack', 'api_url', { channel: '#a' }, { fields: [{ title: 'stackproof_cases', value: cases }] }],
    ['pagerduty', 'url', { routing_key: 'k' }, { details: { stackproof_cases: cases } }],
    ['opsgenie', 'api_url', { api_key: 'k' }, { details: { stackproof_cases: cases } }],
    ['victorops', 'api_url', { api_key: 'k', routing_key: 'r' }, { custom_fields: { stackproof_cases: cases } }],
    ['telegram', 'api_url', { bot_token: 't', chat_id: 1 }, { message: expect.stringContaining(cases) }],
    ['discord', 'webhook_url', {}, { message: expect.stringContaining(cases) }],
    ['msteams', 'webhook_url', {}, { text: expect.stringContaining(cases) }],
    ['webex', 'api_url', { room_id: 'r' }, { message: expect.stringContaining(cases) }],
    ['wechat', 'api_url', { corp_id: 'c' }, { message: expect.stringContaining(cases) }],
    ['sns', 'api_url', { topic_arn: 'a' }, { message: expect.stringContaining(cases) }],
  ])('by %s, addressed by its built-in default, go to a stand-in', (kind, key, integration, marked) => {
    const { config } = render(
      JSON.stringify({ route: { receiver: 'a' }, receivers: [{ name: 'a', [`${kind}_configs`]: [integration] }] }),
    );
    const address = expect.stringMatching(new RegExp(`^http://outside-[a-z-]+:10443/receiver/a/${kind}/0/?$`));
    expect(config).toMatchObject({
      receivers: [{ [`${kind}_configs`]: [{ ...integration, [key]: address, ...marked }] }],
    });
  });

  test('by an address in a file, or built in for good, are re-addressed as well', () => {
    const { config } = render(
      'route: { receiver: a }\nreceivers: [{ name: a, slack_configs: [{ api_url_file: /run/secrets/slack }], pushover_configs: [{ token: t, user_key: u }] }]',
    );
    expect(config).toMatchObject({
      receivers: [
        {
          slack_configs: [{ api_url: 'http://outside-hooks-slack-com:10443/receiver/a/slack/0' }],
          webhook_configs: [{ url: 'http://outside-api-pushover-net:10443/receiver/a/pushover/0' }],
        },
      ],
    });
    expect(JSON.stringify(config)).not.toMatch(/api_url_file|pushover_configs/);
  });

  test('written once and used twice by an anchor are told apart', () => {
    const { config } = render(`
route: { receiver: a }
receivers:
  - name: a
    webhook_configs: &hooks [{ url: "https://x.example.org/" }]
  - name: b
    webhook_configs: *hooks
`);
    expect(config).toMatchObject({
      receivers: [
        { webhook_configs: [{ url: 'http://outside-x-example-org:10443/receiver/a/webhook/0' }] },
        { webhook_configs: [{ url: 'http://outside-x-example-org:10443/receiver/b/webhook/0' }] },
      ],
    });
  });
});

test('no difference prints the secret in a webhook’s path', () => {
  const { differences } = render(
    'route: { receiver: a }\nreceivers: [{ name: a, slack_configs: [{ api_url: "https://hooks.slack.com/services/T0/B0/s3cret" }] }]',
  );
  expect(differences.map((one) => one.from)).toContain('https://hooks.slack.com/…');
  expect(JSON.stringify(differences)).not.toContain('s3cret');
});

describe('the command', () => {
  test.each([
    [
      '',
      ['--config.file=/etc/alertmanager/alertmanager.yml', '--storage.path=/alertmanager', '--cluster.listen-address='],
    ],
    [
      'command: --config.file=/x --web.listen-address=:9094',
      ['--config.file=/x', '--web.listen-address=:9094', '--cluster.listen-address='],
    ],
    ['command: [--config.file=/x, "--cluster.peer=10.0.0.85:9094"]', ['--config.file=/x', '--cluster.listen-address=']],
    [
      'command: [--config.file=/x, "--cluster.listen-address=0.0.0.0:9094"]',
      ['--config.file=/x', '--cluster.listen-address=0.0.0.0:9094'],
    ],
  ])('says that one Alertmanager is alone: %s', (command, expected) => {
    const { compose: rendered } = render(
      'route: { receiver: a }\nreceivers: [{ name: a }]',
      `services:\n  a:\n    image: prom/alertmanager:v0.26.0\n    ${command}\n`,
    );
    expect(rendered).toMatchObject({ services: { a: { command: expected } } });
  });

  test.each([
    ['[/bin/sh, -c, "exec am"]', ['/bin/sh'], ['-c', 'exec am', '--config.file=/x', '--cluster.listen-address=']],
    ['/bin/am --log.level=warn', ['/bin/am'], ['--log.level=warn', '--config.file=/x', '--cluster.listen-address=']],
  ])('holds each word of an entrypoint once: %s', (written, entrypoint, command) => {
    const { compose: rendered } = render(
      'route: { receiver: a }\nreceivers: [{ name: a }]',
      `services:\n  a:\n    image: prom/alertmanager:v0.26.0\n    entrypoint: ${written}\n    command: [--config.file=/x]\n`,
    );
    expect(rendered).toMatchObject({ services: { a: { entrypoint, command } } });
  });
});
