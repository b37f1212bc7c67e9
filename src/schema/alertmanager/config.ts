import { atMostOne, below, has, isWritten, noNulls } from '../facts.ts';
import { httpConfig } from '../http-client.ts';
import { url } from '../names.ts';
import { duration, secret, text, truth } from '../scalars.ts';
import { list, type RecordFault, type RecordShape, record } from '../shape.ts';
import { namedIntervals, repeatedNames } from './intervals.ts';
import { receiver } from './receivers.ts';
import { inhibitRule, route, treeFaults } from './route.ts';
import { hostPort, secretUrl } from './values.ts';

type Mapping = Readonly<Record<string, unknown>>;

const webUrl = url('http', 'https');

const global = record(
  'the global part',
  {
    resolve_timeout: duration(),
    http_config: httpConfig,
    smtp_from: text(),
    smtp_hello: text(),
    smtp_smarthost: hostPort,
    smtp_auth_username: text(),
    smtp_auth_password: secret,
    smtp_auth_password_file: text(),
    smtp_auth_secret: secret,
    smtp_auth_identity: text(),
    smtp_require_tls: truth,
    slack_api_url: secretUrl,
    slack_api_url_file: text(),
    pagerduty_url: webUrl,
    opsgenie_api_url: webUrl,
    opsgenie_api_key: secret,
    opsgenie_api_key_file: text(),
    wechat_api_url: webUrl,
    wechat_api_secret: secret,
    wechat_api_corp_id: text(),
    victorops_api_url: webUrl,
    victorops_api_key: secret,
    victorops_api_key_file: text(),
    telegram_api_url: webUrl,
    webex_api_url: webUrl,
  },
  {
    check: (value) => [
      ...atMostOne(value, 'slack_api_url', 'slack_api_url_file'),
      ...atMostOne(value, 'opsgenie_api_key', 'opsgenie_api_key_file'),
      ...atMostOne(value, 'victorops_api_key', 'victorops_api_key_file'),
      ...atMostOne(value, 'smtp_auth_password', 'smtp_auth_password_file'),
    ],
  },
);

/** What an integration must have, itself or from the global part: its own keys, the global ones, and what is missing. */
const fallbacks: Readonly<Record<string, readonly (readonly [own: readonly string[], global: readonly string[]])[]>> = {
  email_configs: [
    [['smarthost'], ['smtp_smarthost']],
    [['from'], ['smtp_from']],
  ],
  slack_configs: [
    [
      ['api_url', 'api_url_file'],
      ['slack_api_url', 'slack_api_url_file'],
    ],
  ],
  opsgenie_configs: [
    [
      ['api_key', 'api_key_file'],
      ['opsgenie_api_key', 'opsgenie_api_key_file'],
    ],
  ],
  wechat_configs: [
    [['api_secret'], ['wechat_api_secret']],
    [['corp_id'], ['wechat_api_corp_id']],
  ],
  victorops_configs: [
    [
      ['api_key', 'api_key_file'],
      ['victorops_api_key', 'victorops_api_key_file'],
    ],
  ],
};

/** Addresses that Alertmanager knows itself, unless the global part is given none on purpose. */
const addresses: Readonly<Record<string, readonly [own: string, global: string]>> = {
  pagerduty_configs: ['url', 'pagerduty_url'],
  opsgenie_configs: ['api_url', 'opsgenie_api_url'],
  wechat_configs: ['api_url', 'wechat_api_url'],
  victorops_configs: ['api_url', 'victorops_api_url'],
  webex_configs: ['api_url', 'webex_api_url'],
};

/** `alertmanager.yml` of version 0.26 (https://prometheus.io/docs/alerting/0.26/configuration/#configuration-file). */
export const alertmanagerConfig: RecordShape = record(
  'the configuration',
  {
    global,
    route,
    inhibit_rules: list(inhibitRule),
    receivers: list(receiver, noNulls),
    templates: list(text()),
    mute_time_intervals: namedIntervals,
    time_intervals: namedIntervals,
  },
  {
    required: ['route'],
    check: (value) => [
      ...repeatedNames(value, ['receivers'], 'is the name of a receiver before it too'),
      ...integrationFaults(value),
      ...treeFaults(value),
    ],
  },
);

function integrationFaults(config: Mapping): RecordFault[] {
  const common = below(config, 'global');
  const receivers = config['receivers'];
  return (Array.isArray(receivers) ? receivers : []).flatMap((one: unknown, index) =>
    Object.entries(isMapping(one) ? one : {}).flatMap(([key, entries]) =>
      (Array.isArray(entries) ? entries : []).flatMap((entry: unknown, place) =>
        isMapping(entry) ? missing(common, key, entry, ['receivers', index, key, place]) : [],
      ),
    ),
  );
}

function missing(common: Mapping, key: string, entry: Mapping, at: readonly (string | number)[]): RecordFault[] {
  const needed = Object.hasOwn(fallbacks, key) ? (fallbacks[key] ?? []) : [];
  const unset = needed.filter(
    ([own, global]) =>
      ![...own.map((name) => has(entry, name)), ...global.map((name) => has(common, name))].includes(true),
  );
  const address = Object.hasOwn(addresses, key) ? addresses[key] : undefined;
  const emptied = address !== undefined && common[address[1]] === null && !isWritten(entry, address[0]);
  const all = [...unset, ...(emptied ? [[[address[0]], [address[1]]] as const] : [])];
  return all.map(([own, global]) => ({
    route: at,
    wrong: `has no ${quoted(own)}, and the global part no ${quoted(global)}`,
    kind: 'missing-key',
  }));
}

function quoted(keys: readonly string[]): string {
  return keys.map((key) => `"${key}"`).join(' or ');
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
