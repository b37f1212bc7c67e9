import { atMostOne, below, has, isWritten, noNulls, oneNeeded } from '../facts.ts';
import { httpConfig, tlsConfig } from '../http-client.ts';
import { url } from '../names.ts';
import { filled, oneOf, secret, text, truth, whole } from '../scalars.ts';
import { list, map, type RecordFault, type RecordShape, record, type Shape } from '../shape.ts';
import { slackKeys } from './slack.ts';
import { goDuration, hostPort, secretUrl, webhookUrl } from './values.ts';

type Mapping = Readonly<Record<string, unknown>>;
type Check = NonNullable<RecordShape['check']>;

const webUrl = url('http', 'https');

/** An integration: `send_resolved` and, but for mail, how it speaks HTTP. */
const integration = (called: string, keys: Readonly<Record<string, Shape>>, check: Check = () => []): Shape =>
  list(record(called, { send_resolved: truth, ...keys }, { check }), noNulls);

const web = (called: string, keys: Readonly<Record<string, Shape>>, check?: Check): Shape =>
  integration(called, { http_config: httpConfig, ...keys }, check);

const discord = web('a Discord integration', { webhook_url: secretUrl, title: text(), message: text() }, (value) =>
  oneNeeded(value, 'webhook_url'),
);

const email = integration(
  'a mail integration',
  {
    to: text(),
    from: text(),
    hello: text(),
    smarthost: hostPort,
    auth_username: text(),
    auth_password: secret,
    auth_password_file: text(),
    auth_secret: secret,
    auth_identity: text(),
    headers: map(text()),
    html: text(),
    text: text(),
    require_tls: truth,
    tls_config: tlsConfig,
  },
  (value) => [...oneNeeded(value, 'to'), ...repeatedHeaders(value)],
);

/** The names of headers differ by more than case. */
function repeatedHeaders(value: Mapping): RecordFault[] {
  const seen = new Set<string>();
  return Object.keys(below(value, 'headers')).flatMap((name): RecordFault[] => {
    const plain = /^[\w!#$%&'*+.^`|~-]+$/.test(name) ? name.toLowerCase() : name;
    if (seen.has(plain))
      return [{ route: ['headers', name], wrong: 'stands there twice but for case', kind: 'conflict' }];
    seen.add(plain);
    return [];
  });
}

const pagerduty = web(
  'a PagerDuty integration',
  {
    service_key: secret,
    service_key_file: text(),
    routing_key: secret,
    routing_key_file: text(),
    url: webUrl,
    client: text(),
    client_url: text(),
    description: text(),
    details: map(text()),
    images: list(record('an image', { src: text(), alt: text(), href: text() })),
    links: list(record('a link', { href: text(), text: text() })),
    source: text(),
    severity: text(),
    class: text(),
    component: text(),
    group: text(),
  },
  (value) => [
    ...oneNeeded(value, 'routing_key', 'service_key', 'routing_key_file', 'service_key_file'),
    ...atMostOne(value, 'routing_key', 'routing_key_file'),
    ...atMostOne(value, 'service_key', 'service_key_file'),
  ],
);

const slack = web('a Slack integration', slackKeys, (value) => atMostOne(value, 'api_url', 'api_url_file'));

const webhook = web('a webhook', { url: webhookUrl, url_file: text(), max_alerts: whole(0) }, (value) => [
  ...oneNeeded(value, 'url', 'url_file'),
  ...atMostOne(value, 'url', 'url_file'),
]);

const responder = record(
  'a responder',
  { id: text(), name: text(), username: text(), type: text() },
  {
    check: (value): RecordFault[] => {
      const type = String(value['type'] ?? '');
      const known = type.includes('{{') || /^(?:team|teams|user|escalation|schedule)$/i.test(type);
      return [
        ...oneNeeded(value, 'id', 'username', 'name'),
        ...(known ? [] : [{ route: ['type'], wrong: `is "${type}", none of team, teams, user, escalation, schedule` }]),
      ];
    },
  },
);

const opsgenie = web(
  'an OpsGenie integration',
  {
    api_key: secret,
    api_key_file: text(),
    api_url: webUrl,
    message: text(),
    description: text(),
    source: text(),
    details: map(text()),
    entity: text(),
    responders: list(responder, noNulls),
    actions: text(),
    tags: text(),
    note: text(),
    priority: text(),
    update_alerts: truth,
  },
  (value) => atMostOne(value, 'api_key', 'api_key_file'),
);

const wechat = web('a WeChat integration', {
  api_secret: secret,
  corp_id: text(),
  message: text(),
  api_url: webUrl,
  to_user: text(),
  to_party: text(),
  to_tag: text(),
  agent_id: text(),
  message_type: oneOf('', 'text', 'markdown'),
});

const pushover = web(
  'a Pushover integration',
  {
    user_key: secret,
    user_key_file: text(),
    token: secret,
    token_file: text(),
    title: text(),
    message: text(),
    url: text(),
    url_title: text(),
    device: text(),
    sound: text(),
    priority: text(),
    retry: goDuration,
    expire: goDuration,
    html: truth,
  },
  (value) => [
    ...oneNeeded(value, 'user_key', 'user_key_file'),
    ...atMostOne(value, 'user_key', 'user_key_file'),
    ...oneNeeded(value, 'token', 'token_file'),
    ...atMostOne(value, 'token', 'token_file'),
  ],
);

const reserved = [
  'routing_key',
  'message_type',
  'state_message',
  'entity_display_name',
  'monitoring_tool',
  'entity_id',
  'entity_state',
];

const victorops = web(
  'a VictorOps integration',
  {
    api_key: secret,
    api_key_file: text(),
    api_url: webUrl,
    routing_key: text(),
    message_type: text(),
    state_message: text(),
    entity_display_name: text(),
    monitoring_tool: text(),
    custom_fields: map(text()),
  },
  (value) => [
    ...oneNeeded(value, 'routing_key'),
    ...atMostOne(value, 'api_key', 'api_key_file'),
    ...reserved
      .filter((key) => Object.hasOwn(below(value, 'custom_fields'), key))
      .map(
        (key): RecordFault => ({
          route: ['custom_fields', key],
          wrong: 'is a field that every message has',
          kind: 'conflict',
        }),
      ),
  ],
);

const sns = web(
  'an SNS integration',
  {
    api_url: text(),
    sigv4: record(
      'a signature',
      { region: text(), access_key: text(), secret_key: secret, profile: text(), role_arn: text() },
      {
        check: (value): RecordFault[] =>
          has(value, 'access_key') === has(value, 'secret_key')
            ? []
            : [{ route: [], wrong: 'has only one of "access_key" and "secret_key"', kind: 'missing-key' }],
      },
    ),
    topic_arn: text(),
    phone_number: text(),
    target_arn: text(),
    subject: text(),
    message: text(),
    attributes: map(text()),
  },
  (value) => {
    const named = ['target_arn', 'topic_arn', 'phone_number'].filter((key) => has(value, key));
    // All three together pass Alertmanager's own test, which compares in pairs.
    if (named.length === 2) return atMostOne(value, ...named);
    return named.length > 0 ? [] : oneNeeded(value, 'target_arn', 'topic_arn', 'phone_number');
  },
);

const telegram = web(
  'a Telegram integration',
  {
    api_url: webUrl,
    bot_token: secret,
    bot_token_file: text(),
    chat_id: whole(),
    message: text(),
    disable_notifications: truth,
    parse_mode: oneOf('', 'Markdown', 'MarkdownV2', 'HTML'),
  },
  (value) => [
    ...oneNeeded(value, 'bot_token', 'bot_token_file'),
    ...atMostOne(value, 'bot_token', 'bot_token_file'),
    ...oneNeeded(value, 'chat_id'),
  ],
);

const webex = web('a Webex integration', { api_url: webUrl, message: text(), room_id: text() }, (value) => {
  const client = below(value, 'http_config');
  const authorized =
    isWritten(client, 'authorization') || has(client, 'bearer_token') || has(client, 'bearer_token_file');
  const wrong = 'has no "authorization" in its "http_config"';
  return [...oneNeeded(value, 'room_id'), ...(authorized ? [] : [{ route: [], wrong, kind: 'missing-key' as const }])];
});

const msteams = web('a Microsoft Teams integration', { webhook_url: secretUrl, title: text(), text: text() }, (value) =>
  oneNeeded(value, 'webhook_url'),
);

/** A receiver with every integration that version 0.26 has (https://prometheus.io/docs/alerting/0.26/configuration/#receiver). */
export const receiver: RecordShape = record(
  'a receiver',
  {
    name: filled,
    discord_configs: discord,
    email_configs: email,
    pagerduty_configs: pagerduty,
    slack_configs: slack,
    webhook_configs: webhook,
    opsgenie_configs: opsgenie,
    wechat_configs: wechat,
    pushover_configs: pushover,
    victorops_configs: victorops,
    sns_configs: sns,
    telegram_configs: telegram,
    webex_configs: webex,
    msteams_configs: msteams,
  },
  { required: ['name'] },
);
