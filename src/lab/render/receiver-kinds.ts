/** Where the cases of a message are put, and what is there by default. */
export interface PutCases {
  readonly key: string;
  readonly as: 'fields' | 'map' | 'text';
  readonly usual?: string;
}

/** How one kind of integration is addressed (https://prometheus.io/docs/alerting/latest/configuration/#receiver). */
export interface Kind {
  readonly url: string;
  /** The key of `global` that stands in for `url`, and the address built into Alertmanager. */
  readonly global?: string;
  readonly usual: string;
  /** A webhook's message has every label of every alert; any other has to be made to name its cases. */
  readonly cases: 'in the message' | PutCases;
}

const kinds: Readonly<Record<string, Kind>> = {
  webhook: { url: 'url', usual: '', cases: 'in the message' },
  incidentio: { url: 'url', usual: '', cases: 'in the message' },
  slack: {
    url: 'api_url',
    global: 'slack_api_url',
    usual: 'https://hooks.slack.com',
    cases: { key: 'fields', as: 'fields' },
  },
  pagerduty: {
    url: 'url',
    global: 'pagerduty_url',
    usual: 'https://events.pagerduty.com',
    cases: { key: 'details', as: 'map' },
  },
  opsgenie: {
    url: 'api_url',
    global: 'opsgenie_api_url',
    usual: 'https://api.opsgenie.com',
    cases: { key: 'details', as: 'map' },
  },
  victorops: {
    url: 'api_url',
    global: 'victorops_api_url',
    usual: 'https://alert.victorops.com',
    cases: { key: 'custom_fields', as: 'map' },
  },
  telegram: {
    url: 'api_url',
    global: 'telegram_api_url',
    usual: 'https://api.telegram.org',
    cases: { key: 'message', as: 'text', usual: '{{ template "telegram.default.message" . }}' },
  },
  discord: {
    url: 'webhook_url',
    usual: 'https://discord.com',
    cases: { key: 'message', as: 'text', usual: '{{ template "discord.default.message" . }}' },
  },
  msteamsv2: {
    url: 'webhook_url',
    usual: 'https://webhook.office.com',
    cases: { key: 'text', as: 'text', usual: '{{ template "msteamsv2.default.text" . }}' },
  },
  rocketchat: {
    url: 'api_url',
    global: 'rocketchat_api_url',
    usual: 'https://open.rocket.chat',
    cases: { key: 'text', as: 'text', usual: '{{ template "rocketchat.default.text" . }}' },
  },
  jira: {
    url: 'api_url',
    global: 'jira_api_url',
    usual: '',
    cases: { key: 'description', as: 'text', usual: '{{ template "jira.default.description" . }}' },
  },
  msteams: {
    url: 'webhook_url',
    usual: 'https://webhook.office.com',
    cases: { key: 'text', as: 'text', usual: '{{ template "msteams.default.text" . }}' },
  },
  webex: {
    url: 'api_url',
    global: 'webex_api_url',
    usual: 'https://webexapis.com',
    cases: { key: 'message', as: 'text', usual: '{{ template "webex.default.message" . }}' },
  },
  wechat: {
    url: 'api_url',
    global: 'wechat_api_url',
    usual: 'https://qyapi.weixin.qq.com',
    cases: { key: 'message', as: 'text', usual: '{{ template "wechat.default.message" . }}' },
  },
  sns: {
    url: 'api_url',
    usual: 'https://sns.amazonaws.com',
    cases: { key: 'message', as: 'text', usual: '{{ template "sns.default.message" . }}' },
  },
};

/** How an integration of this kind is addressed; undefined for one that nobody described here. */
export function kindOf(name: string): Kind | undefined {
  return Object.hasOwn(kinds, name) ? kinds[name] : undefined;
}
