import type { Flag } from './prometheus-flags.ts';

/** The flags of Alertmanager 0.26 (https://github.com/prometheus/alertmanager/blob/v0.26.0/cmd/alertmanager/main.go). */
export const alertmanagerFlags: Readonly<Record<string, Flag>> = {
  'config.file': { value: 'text' },
  'storage.path': { value: 'text' },
  'data.retention': { value: 'go-duration' },
  'data.maintenance-interval': { value: 'go-duration' },
  'alerts.gc-interval': { value: 'go-duration' },
  'web.external-url': { value: 'text' },
  'web.route-prefix': { value: 'text' },
  'web.get-concurrency': { value: 'whole' },
  'web.timeout': { value: 'go-duration' },
  'web.listen-address': { value: 'text', repeatable: true },
  'web.config.file': { value: 'text' },
  'web.systemd-socket': { value: 'switch' },
  'cluster.listen-address': { value: 'text' },
  'cluster.advertise-address': { value: 'text' },
  'cluster.peer': { value: 'text', repeatable: true },
  'cluster.peer-timeout': { value: 'go-duration' },
  'cluster.gossip-interval': { value: 'go-duration' },
  'cluster.pushpull-interval': { value: 'go-duration' },
  'cluster.tcp-timeout': { value: 'go-duration' },
  'cluster.probe-timeout': { value: 'go-duration' },
  'cluster.probe-interval': { value: 'go-duration' },
  'cluster.settle-timeout': { value: 'go-duration' },
  'cluster.reconnect-interval': { value: 'go-duration' },
  'cluster.reconnect-timeout': { value: 'go-duration' },
  'cluster.tls-config': { value: 'text' },
  'cluster.allow-insecure-public-advertise-address-discovery': { value: 'switch' },
  'cluster.label': { value: 'text' },
  'log.level': { value: ['debug', 'info', 'warn', 'error'] },
  'log.format': { value: ['logfmt', 'json'] },
  help: { value: 'switch' },
  'help-long': { value: 'switch' },
  'help-man': { value: 'switch' },
  version: { value: 'switch' },
  'completion-bash': { value: 'switch' },
  'completion-script-bash': { value: 'switch' },
  'completion-script-zsh': { value: 'switch' },
};

/** Functions its templates have besides those of Go (https://prometheus.io/docs/alerting/0.26/notifications/#functions). */
export const templateFunctions: readonly string[] = [
  'toUpper',
  'toLower',
  'title',
  'trimSpace',
  'join',
  'match',
  'safeHtml',
  'reReplaceAll',
  'stringSlice',
];

/** Templates that version 0.26 brings itself. */
export const defaultTemplates: ReadonlySet<string> = new Set([
  '__alertmanager',
  '__alertmanagerURL',
  '__subject',
  '__description',
  '__text_alert_list',
  '__text_alert_list_markdown',
  ...[
    'title',
    'username',
    'fallback',
    'callbackid',
    'pretext',
    'titlelink',
    'iconemoji',
    'iconurl',
    'text',
    'footer',
  ].map((part) => `slack.default.${part}`),
  ...['description', 'client', 'clientURL', 'instances'].map((part) => `pagerduty.default.${part}`),
  ...['message', 'description', 'source'].map((part) => `opsgenie.default.${part}`),
  ...['message', 'to_user', 'to_party', 'to_tag', 'agent_id'].map((part) => `wechat.default.${part}`),
  ...['state_message', 'entity_display_name', 'monitoring_tool'].map((part) => `victorops.default.${part}`),
  ...['title', 'message', 'url'].map((part) => `pushover.default.${part}`),
  ...['subject', 'message'].map((part) => `sns.default.${part}`),
  ...['subject', 'html'].map((part) => `email.default.${part}`),
  ...['title', 'message'].map((part) => `discord.default.${part}`),
  ...['title', 'text'].map((part) => `msteams.default.${part}`),
  'telegram.default.message',
  'webex.default.message',
]);

/** What a template can ask of a notification and of one alert (https://prometheus.io/docs/alerting/0.26/notifications/#data). */
export const templateFields: Readonly<Record<'data' | 'alert', ReadonlySet<string>>> = {
  data: new Set(['Receiver', 'Status', 'Alerts', 'GroupLabels', 'CommonLabels', 'CommonAnnotations', 'ExternalURL']),
  alert: new Set(['Status', 'Labels', 'Annotations', 'StartsAt', 'EndsAt', 'GeneratorURL', 'Fingerprint']),
};

/** Methods of labels and annotations, which are no names of them. */
export const pairMethods: ReadonlySet<string> = new Set(['SortedPairs', 'Remove', 'Names', 'Values', 'String']);

/** Texts of an integration that are taken as they stand; every other text of it is a template. */
const plain = new Set([
  'api_url',
  'webhook_url',
  'smarthost',
  'hello',
  'auth_username',
  'auth_password',
  'auth_secret',
  'auth_identity',
  'bot_token',
  'room_id',
  'parse_mode',
  'message_type',
  'retry',
  'expire',
]);

/** Whether Alertmanager 0.26 takes a text of an integration for a template. */
export function isTemplated(kind: string, key: string): boolean {
  if (key.endsWith('_file') || key === 'http_config' || key === 'tls_config' || key === 'sigv4') return false;
  if (kind === 'webhook' || (kind === 'pagerduty' && key === 'url')) return false;
  return !plain.has(key) || (key === 'message_type' && kind === 'victorops') || (key === 'api_url' && kind === 'sns');
}
