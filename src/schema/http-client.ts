import { atMostOne, below, has, isWritten, needs, oneNeeded } from './facts.ts';
import { url } from './names.ts';
import { oneOf, secret, text, truth } from './scalars.ts';
import { list, map, type RecordFault, type RecordShape, record, type Shape } from './shape.ts';

type Mapping = Readonly<Record<string, unknown>>;

const version = oneOf('TLS10', 'TLS11', 'TLS12', 'TLS13');

/** How a client speaks TLS (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#tls_config). */
export const tlsConfig: RecordShape = record(
  'a TLS configuration',
  {
    ca: text(),
    cert: text(),
    key: secret,
    ca_file: text(),
    cert_file: text(),
    key_file: text(),
    server_name: text(),
    insecure_skip_verify: truth,
    min_version: version,
    max_version: version,
  },
  {
    check: (value) => {
      const two = [['ca', 'ca_file'] as const, ['cert', 'cert_file'] as const, ['key', 'key_file'] as const];
      const both = two.flatMap((pair) => atMostOne(value, ...pair));
      const cert = has(value, 'cert') || has(value, 'cert_file');
      const key = has(value, 'key') || has(value, 'key_file');
      if (both.length > 0 || cert === key) return both;
      const wrong = cert ? 'has a certificate and no key' : 'has a key and no certificate';
      return [{ route: [], wrong, kind: 'missing-key' }];
    },
  },
);

const proxyKeys: Readonly<Record<string, Shape>> = {
  proxy_url: url(),
  no_proxy: text(),
  proxy_from_environment: truth,
  proxy_connect_header: map(list(secret)),
};

function proxyFaults(value: Mapping): RecordFault[] {
  const conflict = (key: string): RecordFault[] =>
    has(value, 'proxy_from_environment') ? atMostOne(value, 'proxy_from_environment', key) : [];
  const headers = Object.keys(below(value, 'proxy_connect_header')).length > 0;
  if (headers && !has(value, 'proxy_from_environment') && !has(value, 'proxy_url'))
    return needs({ proxy_connect_header: true }, 'proxy_connect_header', 'proxy_url');
  return [
    ...conflict('proxy_url'),
    ...conflict('no_proxy'),
    ...(isWritten(value, 'proxy_url') || has(value, 'proxy_from_environment')
      ? []
      : needs(value, 'no_proxy', 'proxy_url')),
  ];
}

const oauth2 = record(
  'an OAuth 2 configuration',
  {
    client_id: text(),
    client_secret: secret,
    client_secret_file: text(),
    scopes: list(text()),
    token_url: text(),
    endpoint_params: map(text()),
    tls_config: tlsConfig,
    ...proxyKeys,
  },
  { check: proxyFaults },
);

/** The keys of every HTTP client: of scrape jobs, service discovery, remote storage and Alertmanager's receivers. */
export const httpClientKeys: Readonly<Record<string, Shape>> = {
  basic_auth: record('a basic authentication', { username: text(), password: secret, password_file: text() }),
  authorization: record('an authorization', { type: text(), credentials: secret, credentials_file: text() }),
  oauth2,
  bearer_token: secret,
  bearer_token_file: text(),
  tls_config: tlsConfig,
  follow_redirects: truth,
  enable_http2: truth,
  ...proxyKeys,
};

const ways = ['basic_auth', 'oauth2', 'authorization'] as const;
const bearers = ['bearer_token', 'bearer_token_file'] as const;

/** What no single key of an HTTP client shows: two ways to authenticate, a secret given twice, a proxy half configured. */
function httpClientFaults(value: Mapping): RecordFault[] {
  const written = ways.filter((key) => isWritten(value, key));
  const bearer = bearers.filter((key) => has(value, key));
  const [first, second] = [...written, ...bearer];
  if (first !== undefined && second !== undefined)
    return [{ route: [second], wrong: `stands beside "${first}", and only one of the two may`, kind: 'conflict' }];
  const inside = (key: string, faults: readonly RecordFault[]): RecordFault[] =>
    isWritten(value, key) ? faults.map((fault) => ({ ...fault, route: [key, ...fault.route] })) : [];
  const authorization = below(value, 'authorization');
  const basic = /^\s*basic\s*$/i.test(String(authorization['type'] ?? ''));
  const o = below(value, 'oauth2');
  return [
    ...inside('basic_auth', atMostOne(below(value, 'basic_auth'), 'password', 'password_file')),
    ...inside('authorization', atMostOne(authorization, 'credentials', 'credentials_file')),
    ...inside('authorization', basic ? [{ route: ['type'], wrong: 'is "basic", which "basic_auth" is for' }] : []),
    ...inside('oauth2', [
      ...oneNeeded(o, 'client_id'),
      ...oneNeeded(o, 'client_secret', 'client_secret_file'),
      ...oneNeeded(o, 'token_url'),
      ...atMostOne(o, 'client_secret', 'client_secret_file'),
    ]),
    ...proxyFaults(value),
  ];
}

/** A record that is an HTTP client besides what it is itself. */
export const httpClient = (
  called: string,
  keys: Readonly<Record<string, Shape>>,
  more: Pick<RecordShape, 'required' | 'check'> = {},
): RecordShape =>
  record(
    called,
    { ...keys, ...httpClientKeys },
    { ...more, check: (value) => [...(more.check?.(value) ?? []), ...httpClientFaults(value)] },
  );

/** The `http_config` of Alertmanager's receivers is an HTTP client and nothing else. */
export const httpConfig: RecordShape = httpClient('an HTTP configuration', {});
