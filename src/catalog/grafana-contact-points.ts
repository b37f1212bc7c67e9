/**
 * Kinds of contact points of Grafana 10.2 and the settings each cannot do without
 * (https://grafana.com/docs/grafana/v10.2/alerting/set-up/provision-alerting-resources/file-provisioning/); of settings with
 * a stroke between them one is enough.
 */
export const contactPointSettings: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    dingding: 'url',
    discord: 'url',
    email: 'addresses',
    googlechat: 'url',
    kafka: 'kafkaRestProxy kafkaTopic',
    LINE: 'token',
    line: 'token',
    oncall: 'url',
    opsgenie: 'apiKey',
    pagerduty: 'integrationKey',
    'prometheus-alertmanager': 'url',
    pushover: 'userKey apiToken',
    sensugo: 'url apikey',
    slack: 'url|token',
    teams: 'url',
    telegram: 'bottoken chatid',
    threema: 'gateway_id recipient_id api_secret',
    victorops: 'url',
    webex: 'bot_token room_id',
    webhook: 'url',
    wecom: 'url|secret',
  }).map(([type, keys]) => [type, keys.split(' ')]),
);
