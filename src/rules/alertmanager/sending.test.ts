import { describe, expect, it } from 'vitest';
import { alertmanager, composeOf, prometheus, told } from '../test-support.ts';
import { deadAddress } from './dead-address.ts';
import { endlessMute } from './endless-mute.ts';
import { invalidFlag } from './invalid-flag.ts';
import { missingSecretFile } from './missing-secret-file.ts';
import { unknownPeer } from './unknown-peer.ts';
import { untemplatedField } from './untemplated-field.ts';

const hook = (url: string, more = ''): string => `receivers: [{name: r, webhook_configs: [{url: '${url}'${more}}]}]\n`;

describe('alertmanager/dead-address', () => {
  const check = (config: string, services: Readonly<Record<string, string>> = {}): string[] =>
    told(deadAddress, { 'compose.yml': composeOf({ alertmanager, ...services }), 'alertmanager.yml': config });

  it.each([
    ['a host outside', hook('https://hooks.slack.com/services/a/b')],
    ['an address', hook('http://10.0.0.5:8080/x')],
    ['a variable', hook('http://${HOST}/x')],
    ['its own port', hook('http://localhost:9093/x')],
    ['what is behind a proxy', hook('http://somewhere/x', ", http_config: {proxy_url: 'http://10.0.0.1:3128'}")],
    ['a mail server outside', 'global: {smtp_smarthost: "smtp.gmail.com:587"}\n'],
  ])('is silent about %s', (_, config) => {
    expect(check(config)).toEqual([]);
  });

  it('knows services by name and by the name of their container', () => {
    const services = { relay: 'image: acme/relay:1\ncontainer_name: chat' };
    expect(check(hook('http://relay:8080/x'), services)).toEqual([]);
    expect(check(hook('http://chat:8080/x'), services)).toEqual([]);
  });

  it('keeps the path of a webhook to itself', () => {
    expect(check(hook('http://token@relay/secret/path'))).toEqual([
      'error alertmanager.yml:1 "relay:80" in "url" is no service of the stack, so nothing that is sent there arrives',
    ]);
  });

  it('finds a port that only the host has', () => {
    const services = { relay: 'image: acme/relay:1\nports: ["5001:80"]' };
    expect(check(hook('http://relay:5001/x'), services)).toEqual([expect.stringContaining('in the network it is 80')]);
  });
});

describe('alertmanager/missing-secret-file', () => {
  const check = (path: string, service: string, texts: Readonly<Record<string, string>> = {}): string[] =>
    told(missingSecretFile, {
      'compose.yml': composeOf({ alertmanager: service }, 'secrets:\n  token:\n    file: ./token\n'),
      'alertmanager.yml': `receivers: [{name: r, webhook_configs: [{url_file: '${path}'}]}]\n`,
      ...texts,
    });

  it.each<[string, string, string, Readonly<Record<string, string>>]>([
    ['a secret', '/run/secrets/token', `${alertmanager}\nsecrets: [token]`, {}],
    ['a mounted file', '/etc/token', `${alertmanager}\n  - ./token:/etc/token`, { token: '' }],
    [
      'a file that git ignores',
      '/etc/keys/token',
      `${alertmanager}\n  - ./keys:/etc/keys`,
      { 'keys/a': '', '.gitignore': 'token' },
    ],
    ['a folder that is not there', '/etc/keys/token', `${alertmanager}\n  - ./keys:/etc/keys`, {}],
    ['a volume', '/keys/token', `${alertmanager}\n  - keys:/keys`, {}],
    ['a folder of the host', '/keys/token', `${alertmanager}\n  - /srv/keys:/keys`, {}],
    ['an image of their own', '/keys/token', `${alertmanager}\nbuild: .`, {}],
    ['the certificates of the image', '/etc/ssl/certs/ca.crt', alertmanager, {}],
    ['a variable', '/run/secrets/${X}', alertmanager, {}],
  ])('is silent about %s', (_, path, service, texts) => {
    expect(check(path, service, texts)).toEqual([]);
  });

  it.each<[string, string, string, Readonly<Record<string, string>>, string]>([
    ['nothing', '/run/secrets/token', alertmanager, {}, 'error'],
    ['a folder', '/etc/token', `${alertmanager}\n  - ./token:/etc/token`, { 'token/a': '' }, 'error'],
    ['a tmpfs', '/keys/token', `${alertmanager}\ntmpfs: /keys`, {}, 'error'],
    ['a folder without it', '/etc/keys/token', `${alertmanager}\n  - ./keys:/etc/keys`, { 'keys/a': '' }, 'warning'],
  ])('finds a file where %s is mounted', (_, path, service, texts, severity) => {
    expect(check(path, service, texts).map((line) => line.split(' ')[0])).toEqual([severity]);
  });

  it('takes the path of an HTTP client from the configuration', () => {
    const config = 'global: {http_config: {bearer_token_file: token}}\n';
    const files = { 'compose.yml': composeOf({ alertmanager }), 'alertmanager.yml': config };
    expect(told(missingSecretFile, files)).toHaveLength(1);
    const mounted = composeOf({ alertmanager: `${alertmanager}\n  - ./token:/etc/alertmanager/token` });
    expect(told(missingSecretFile, { ...files, 'compose.yml': mounted, token: '' })).toEqual([]);
  });
});

describe('alertmanager/invalid-flag', () => {
  const check = (command: string, image = 'prom/alertmanager:v0.26.0'): string[] =>
    told(invalidFlag, { 'compose.yml': composeOf({ alertmanager: `image: ${image}\ncommand: ${command}` }) });

  it.each([
    '["--config.file=/a.yml", "--storage.path", "/b", "--web.listen-address=:9093", "--web.listen-address=:9094"]',
    '["--cluster.listen-address=", "--no-web.systemd-socket", "--data.retention=720h"]',
    '--config.file=/a.yml --log.level=debug',
    '["--web.external-url=https://${HOST}/", "--data.retention=${KEPT}"]',
  ])('is silent about %s', (command) => {
    expect(check(command)).toEqual([]);
  });

  it.each([
    ['["--data.retention=30d"]', 'no duration'],
    ['["--log.level=trace"]', 'none of the values'],
    ['["--web.external-url=ftp://x"]', 'no URL'],
    ['["--web.external-url=https://${HOST:-}/"]', 'no URL'],
    ['["--web.external=${HOST}"]', 'is no flag of Alertmanager'],
    ['["--config.fil=/a"]', 'is no flag of Alertmanager'],
    ['["--config.file=/a", "--config.file=/b"]', 'a second time'],
    ['["-config.file=/a"]', 'one dash'],
  ])('finds what is wrong with %s', (command, words) => {
    expect(check(command)).toEqual([expect.stringContaining(words)]);
  });

  it('says nothing of flags that another version may have', () => {
    expect(check('["--auto-gomemlimit.ratio=0.9"]', 'prom/alertmanager:v0.28.0')).toEqual([]);
    expect(check('["--auto-gomemlimit.ratio=0.9"]', 'prom/alertmanager')).toEqual([]);
  });
});

describe('alertmanager/endless-mute', () => {
  const check = (key: string, names: string, entries: string): string[] =>
    told(endlessMute, {
      'compose.yml': composeOf({ alertmanager }),
      'alertmanager.yml': `route: {receiver: r, routes: [{${key}: [${names}]}]}\ntime_intervals: [{name: a, time_intervals: ${entries}}, {name: b, time_intervals: [{years: ['2030']}]}]\n`,
    });

  it.each([
    ['mute_time_intervals', 'a', '[{}]', 1],
    ['mute_time_intervals', 'a', '[{location: UTC}]', 1],
    ['mute_time_intervals', 'a', "[{weekdays: ['monday']}]", 0],
    ['mute_time_intervals', 'a', '[]', 0],
    ['active_time_intervals', 'a', '[]', 1],
    ['active_time_intervals', 'a, b', '[]', 0],
    ['active_time_intervals', 'a', '[{}]', 0],
  ])('%s: [%s] with %s', (key, names, entries, count) => {
    expect(check(key, names, entries)).toHaveLength(count);
  });
});

describe('alertmanager/untemplated-field', () => {
  it.each([
    ["slack_configs: [{api_url: 'http://x/{{ .Status }}', channel: '{{ .CommonLabels.team }}'}]", 1],
    ["email_configs: [{to: '{{ .CommonLabels.mail }}', headers: {Subject: '{{ .Status }}'}}]", 0],
    ["telegram_configs: [{bot_token: '{{ .x }}', message: '{{ .Status }}'}]", 1],
    ["webhook_configs: [{url: 'http://x/{{ .Status }}'}]", 1],
  ])('reads %s', (entry, count) => {
    const files = {
      'compose.yml': composeOf({ alertmanager }),
      'alertmanager.yml': `receivers: [{name: r, ${entry}}]\n`,
    };
    expect(told(untemplatedField, files)).toHaveLength(count);
    const newer = composeOf({ alertmanager: alertmanager.replace('v0.26.0', 'v0.29.0') });
    expect(told(untemplatedField, { ...files, 'compose.yml': newer })).toEqual([]);
  });
});

describe('alertmanager/unknown-peer', () => {
  const check = (a: string, b: string): string[] =>
    told(unknownPeer, {
      'compose.yml': composeOf({ a: `${alertmanager}\n${a}`, b: `${alertmanager}\n${b}`, prometheus }),
      'alertmanager.yml': 'route: {receiver: r}\n',
      'prometheus.yml': "alerting: {alertmanagers: [{static_configs: [{targets: ['a:9093', 'b:9093']}]}]}\n",
    });

  it('is silent where one knows the other', () => {
    expect(check('command: ["--cluster.peer=b:9094"]', '')).toEqual([]);
    expect(check('', 'command: ["--cluster.peer=a:9094"]')).toEqual([]);
  });

  it('finds two that do not know each other', () => {
    expect(check('', '').map((line) => line.split(' ')[0])).toEqual(['warning', 'warning']);
  });
});
