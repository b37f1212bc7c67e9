import { describe, expect, it } from 'vitest';
import type { Rule } from '../define-rule.ts';
import { composeOf, told } from '../test-support.ts';
import { foreignRedirect } from './foreign-redirect.ts';
import { foreignRootUrl } from './foreign-root-url.ts';
import { insecureCookie } from './insecure-cookie.ts';
import { invalidSetting } from './invalid-setting.ts';
import { noLogin } from './no-login.ts';
import { overriddenSetting } from './overridden-setting.ts';
import { unknownSetting } from './unknown-setting.ts';
import { unreachableHost } from './unreachable-host.ts';
import { unsetVariable } from './unset-variable.ts';

interface Setup {
  readonly image?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly rest?: string;
  readonly services?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** What a rule says of a Grafana with this `grafana.ini`. */
function found(
  rule: Rule,
  ini: string,
  { image = 'grafana/grafana:10.2.0', environment = {}, rest = '', services = {}, files = {} }: Setup = {},
): string[] {
  const variables = Object.entries(environment).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}\n`);
  const written = variables.length === 0 ? '' : `environment:\n${variables.join('')}`;
  const grafana = `image: ${image}\nvolumes:\n  - ./grafana.ini:/etc/grafana/grafana.ini:ro\n${written}${rest}`;
  return told(rule, { 'compose.yml': composeOf({ grafana, ...services }), 'grafana.ini': ini, ...files });
}

describe('grafana/unknown-setting', () => {
  it.each([
    ['a section of a plugin', '[plugin.some-panel]\nanything = 1\n'],
    ['a section of Grafana Enterprise', '[auth.saml]\nidp_metadata_url = https://x\n'],
    ['a key in other letters', '[smtp]\nstartTLS_policy = NoStartTLS\n'],
    ['any toggle', '[feature_toggles]\nenable = a\nsomeToggle = true\n'],
    ['a key above the first section', 'app_mode = production\n'],
  ])('knows %s', (_, ini) => expect(found(unknownSetting, ini)).toEqual([]));

  it('says nothing of a version whose settings it does not know', () => {
    for (const image of ['grafana/grafana:latest', 'grafana/grafana:11.1.0', 'grafana/grafana'])
      expect(found(unknownSetting, '[smtp]\nhots = x\n', { image })).toEqual([]);
  });

  it.each([
    'GF_INSTALL_PLUGINS',
    'GF_PLUGIN_RENDERING_MODE',
    'GF_SMTP_HOST',
    'GF_FEATURE_TOGGLES_NEW',
    'GF_SECURITY_ADMIN_PASSWORD__FILE',
    'GF_DEFAULT_APP_MODE',
    'GF_PATHS_HOME',
    'OTHER',
  ])('knows the variable %s', (name) =>
    expect(found(unknownSetting, '', { environment: { [name]: 'x' } })).toEqual([]),
  );

  it('tells of a section once, and what was meant', () => {
    expect(found(unknownSetting, '[user]\na = 1\nb = 2\n')).toEqual([
      'warning grafana.ini:1 "[user]" is no section of Grafana, so nothing in it takes effect',
    ]);
  });
});

describe('grafana/overridden-setting', () => {
  it('is silent where both say the same, or one is filled in elsewhere', () => {
    const environment = { GF_USERS_ALLOW_SIGN_UP: 'false', GF_SECURITY_ADMIN_PASSWORD: 'x' };
    const ini = '[users]\nallow_sign_up = false\n[security]\nadmin_password = ${GF_SECURITY_ADMIN_PASSWORD}\n';
    expect(found(overriddenSetting, ini, { environment })).toEqual([]);
  });

  it('prints no value of either', () => {
    const lines = found(overriddenSetting, '[smtp]\npassword = one-secret\n', {
      environment: { GF_SMTP_PASSWORD: 'two-secret' },
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/one-secret|two-secret/);
  });
});

describe('grafana/invalid-setting', () => {
  it.each(['yes', 'ON', '1', 'F', '', '${X}', '$__env{X}'])('takes %s for a truth', (word) => {
    expect(found(invalidSetting, `[users]\nallow_sign_up = ${word}\n`)).toEqual([]);
  });
});

describe('grafana/unset-variable', () => {
  it('is silent where the environment is not whole, or the image is their own', () => {
    const ini = '[smtp]\nuser = ${MAIL_USER}\n';
    expect(found(unsetVariable, ini, { rest: 'env_file: missing.env\n' })).toEqual([]);
    expect(found(unsetVariable, ini, { rest: 'build: .\n' })).toEqual([]);
    expect(found(unsetVariable, ini, { rest: 'env_file: here.env\n', files: { 'here.env': 'MAIL_USER=x\n' } })).toEqual(
      [],
    );
    expect(found(unsetVariable, ini)).toHaveLength(1);
  });

  it('leaves queries, templates and dollars that are meant alone', () => {
    const alerting = `apiVersion: 1
groups:
  - name: a
    folder: b
    interval: 1m
    rules:
      - title: t
        annotations: {summary: '{{ $value }} of $labels'}
        data: [{model: {expr: 'rate(a[$__rate_interval]) > $x'}}]
contactPoints:
  - name: c
    receivers: [{uid: u, type: webhook, settings: {url: 'https://x', title: '{{ $x := 1 }}', text: 'costs 5 $$each'}}]
`;
    const rest = '';
    const compose = composeOf({ grafana: 'image: grafana/grafana:10.2.0\nvolumes: ["./p:/etc/grafana/provisioning"]' });
    expect(told(unsetVariable, { 'compose.yml': `${compose}${rest}`, 'p/alerting/a.yml': alerting })).toEqual([]);
  });

  it('tells of a file of GF_…__FILE that is not mounted', () => {
    const environment = { GF_SMTP_PASSWORD__FILE: '/run/secrets/mail' };
    expect(found(unsetVariable, '', { environment })).toEqual([
      'error compose.yml:7 "/run/secrets/mail" is not mounted into "grafana", so the setting is empty',
    ]);
  });
});

describe('grafana/unreachable-host', () => {
  const oauth = (url: string, on = 'true'): string => `[auth.generic_oauth]\nenabled = ${on}\ntoken_url = ${url}\n`;

  it.each([
    ['a host outside', 'https://login.example.org/token'],
    ['an address', 'http://10.0.0.5:8080/token'],
    ['a variable', 'http://${KEYCLOAK}:8080/token'],
    ['a service', 'http://keycloak:8080/token'],
    ['itself', 'http://localhost:3000/token'],
  ])('is silent about %s', (_, url) => {
    expect(
      found(unreachableHost, oauth(url), { services: { keycloak: 'image: quay.io/keycloak/keycloak:22.0' } }),
    ).toEqual([]);
  });

  it('is silent about what is switched off, and where extra_hosts leads out', () => {
    expect(found(unreachableHost, oauth('http://nobody:8080/token', 'false'))).toEqual([]);
    expect(found(unreachableHost, oauth('http://sso:8080/token'), { rest: 'extra_hosts: ["sso:10.0.0.5"]\n' })).toEqual(
      [],
    );
  });

  it('says what is wrong', () => {
    expect(found(unreachableHost, oauth('http://nobody:8080/token'))[0]).toMatch(/^error .*"nobody" .* is no host/);
    expect(found(unreachableHost, '[database]\ntype = postgres\nhost = 127.0.0.1:5432\n')[0]).toMatch(
      /does not start$/,
    );
  });
});

describe('grafana/foreign-redirect', () => {
  const ini = '[server]\nroot_url = http://10.0.0.4:3000/\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n';
  const client = (uris: string[], clientId = 'grafana'): Setup => ({
    files: { 'client.json': JSON.stringify({ clientId, redirectUris: uris }) },
  });

  it.each([
    [['http://10.0.0.4:3000/*']],
    [['*']],
    [['http://10.0.0.4:3000/login/generic_oauth']],
    [['${ROOT}/x']],
    [[]],
  ])('takes %j', (uris) => {
    expect(found(foreignRedirect, ini, client(uris))).toEqual([]);
  });

  it('looks at the client of this name only, and into realms', () => {
    expect(found(foreignRedirect, ini, client(['http://other/*'], 'portal'))).toEqual([]);
    const realm = JSON.stringify({
      clients: [{ clientId: 'grafana', rootUrl: 'http://10.0.0.9', redirectUris: ['/*'] }],
    });
    expect(found(foreignRedirect, ini, { files: { 'realm.json': realm } })).toHaveLength(1);
    expect(found(foreignRedirect, ini, { files: { 'broken.json': '{"redirectUris": [' } })).toEqual([]);
  });
});

describe('grafana/foreign-root-url', () => {
  const url = (text: string, ports: string): string[] =>
    found(foreignRootUrl, `[server]\nroot_url = ${text}\n`, { rest: `ports: ${ports}\n` });

  it('tells of a port that nothing has', () => expect(url('http://10.0.0.4:3001', '["3002:3000"]')).toHaveLength(1));
  it.each([
    ['http://10.0.0.4:3002', '["3002:3000"]'],
    ['http://grafana.example.org', '["3002:3000"]'],
    ['https://grafana.example.org:8443', '["3002:3000"]'],
    ['http://10.0.0.4:3001', '["3000"]'],
    ['http://10.0.0.4:3001', '[]'],
    ['%(protocol)s://%(domain)s:%(http_port)s/', '["3002:3000"]'],
  ])('is silent about %s with %s', (text, ports) => expect(url(text, ports)).toEqual([]));
});

describe('grafana/no-login and grafana/insecure-cookie', () => {
  it('know the other ways in', () => {
    const form = '[auth]\ndisable_login_form = true\n';
    expect(found(noLogin, `${form}[auth.anonymous]\nenabled = true\n`)).toEqual([]);
    expect(found(noLogin, `${form}[auth.github]\nenabled = \${GITHUB}\n`)).toEqual([]);
    expect(found(noLogin, form)).toHaveLength(1);
  });

  it('leave localhost and HTTPS alone', () => {
    for (const root of ['https://g.example.org', 'http://localhost:3000', 'http://127.0.0.1:3000', '${ROOT}'])
      expect(found(insecureCookie, `[server]\nroot_url = ${root}\n[security]\ncookie_secure = true\n`)).toEqual([]);
  });
});
