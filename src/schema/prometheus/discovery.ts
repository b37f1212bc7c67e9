import { goUrl } from '../../query/go-url.ts';
import { atMostOne, has, isWritten, noNulls, notNull } from '../facts.ts';
import { httpClient, httpClientKeys, tlsConfig } from '../http-client.ts';
import { labelKey, url } from '../names.ts';
import { duration, filled, noneOf, oneOf, secret, shown, text, truth, whole } from '../scalars.ts';
import { list, map, type RecordFault, record, type Shape } from '../shape.ts';
import { cloudDiscovery } from './discovery-clouds.ts';
import { kubernetes } from './discovery-kubernetes.ts';

/** A group of targets with their labels, in the configuration or in a file of `file_sd_configs`. */
export const targetGroup: Shape = record('a group of targets', {
  targets: list(text()),
  labels: map(text(), labelKey),
});

const port = whole();
const refresh = { refresh_interval: duration() };
const filters = list(record('a filter', { name: text(), values: list(text()) }));

const fileName = text((written) =>
  /^[^*]*(?:\*[^/]*)?\.(?:json|yml|yaml|JSON|YML|YAML)$/.test(written)
    ? undefined
    : `is ${shown(written)}, no path of a .json, .yml or .yaml file with "*" in its last part alone`,
);

const withHost = text((written) => {
  const found = goUrl(written);
  if ('problem' in found) return `is ${shown(written)}, no URL: it has ${found.problem}`;
  return found.scheme === '' || found.host === '' ? `is ${shown(written)}, no URL with a scheme and a host` : undefined;
});

const filledUrl = text((written) => {
  const found = goUrl(written);
  if (written === '') return 'is empty';
  return 'problem' in found ? `is ${shown(written)}, no URL: it has ${found.problem}` : undefined;
});

const path = text((written) =>
  written.startsWith('/') ? undefined : `is ${shown(written)} and does not begin with "/"`,
);

const notEmpty = (value: readonly unknown[]): RecordFault[] =>
  value.length > 0 ? [] : [{ route: [], wrong: 'is an empty list' }];

const zookeeper = (called: string): Shape =>
  record(
    called,
    { servers: list(text(), notEmpty), paths: list(path, notEmpty), timeout: duration() },
    { required: ['servers', 'paths'] },
  );

const dns = record(
  'a DNS discovery',
  { names: list(text(), notEmpty), ...refresh, type: oneOfAnyCase('SRV', 'A', 'AAAA', 'MX'), port },
  {
    required: ['names'],
    check: (value) => [
      ...notNull(value, 'type'),
      ...(/^(?:a|aaaa|mx)$/i.test(String(value['type'] ?? 'SRV')) && !has(value, 'port')
        ? [{ route: [], wrong: 'has no "port", which every type but SRV needs', kind: 'missing-key' as const }]
        : []),
    ],
  },
);

function oneOfAnyCase(...words: readonly string[]): Shape {
  return text((written) => (words.includes(written.toUpperCase()) ? undefined : noneOf(written, words)));
}

const consul = httpClient(
  'a Consul discovery',
  {
    server: text((written) => (written.trim() === '' ? 'is empty' : undefined)),
    path_prefix: text(),
    token: secret,
    datacenter: text(),
    namespace: text(),
    partition: text(),
    tag_separator: text(),
    scheme: text(),
    username: text(),
    password: secret,
    allow_stale: truth,
    ...refresh,
    services: list(text()),
    tags: list(text()),
    node_meta: map(text()),
  },
  {
    check: (value) => {
      const user = has(value, 'username') || has(value, 'password');
      const beside = (key: string, other: string): RecordFault => ({
        route: [key],
        wrong: `stands beside "${other}", and only one of the two may`,
        kind: 'conflict',
      });
      return [
        ...notNull(value, 'server'),
        ...(user && isWritten(value, 'basic_auth') ? [beside('basic_auth', 'username')] : []),
        ...['authorization', 'oauth2']
          .filter((key) => has(value, 'token') && isWritten(value, key))
          .map((key) => beside(key, 'token')),
      ];
    },
  },
);

const marathon = httpClient(
  'a Marathon discovery',
  { servers: list(text(), notEmpty), ...refresh, auth_token: secret, auth_token_file: text() },
  {
    required: ['servers'],
    check: (value) => {
      const others = ['basic_auth', 'bearer_token', 'bearer_token_file', 'authorization'];
      const conflicts = others.flatMap((other) =>
        ['auth_token', 'auth_token_file'].map((key) => atMostOne(value, key, other)),
      );
      return [atMostOne(value, 'auth_token', 'auth_token_file'), ...conflicts].find((found) => found.length > 0) ?? [];
    },
  },
);

const triton = record(
  'a Triton discovery',
  {
    account: filled,
    role: oneOf('container', 'cn'),
    dns_suffix: filled,
    endpoint: filled,
    groups: list(text()),
    port,
    refresh_interval: duration({ positive: true }),
    tls_config: tlsConfig,
    version: whole(),
  },
  {
    required: ['account', 'dns_suffix', 'endpoint'],
    check: (value) => notNull(value, 'role', 'refresh_interval'),
  },
);

const docker = { host: filledUrl, port, filters, ...refresh };

/** Every way to find targets (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#scrape_config). */
export const discoveryKeys = (): Readonly<Record<string, Shape>> => {
  const kinds: Readonly<Record<string, Shape>> = {
    static: targetGroup,
    file: record('a file discovery', { files: list(fileName, notEmpty), ...refresh }, { required: ['files'] }),
    http: record(
      'an HTTP discovery',
      { ...httpClientKeys, url: url('http', 'https'), ...refresh },
      {
        required: ['url'],
      },
    ),
    dns,
    docker: httpClient('a Docker discovery', { ...docker, host_networking_host: text() }, { required: ['host'] }),
    dockerswarm: httpClient(
      'a Docker Swarm discovery',
      { ...docker, role: oneOf('services', 'nodes', 'tasks') },
      { required: ['host', 'role'] },
    ),
    consul,
    nomad: httpClient(
      'a Nomad discovery',
      {
        allow_stale: truth,
        namespace: text(),
        ...refresh,
        region: text(),
        server: text((written) => (written.trim() === '' ? 'is empty' : undefined)),
        tag_separator: text(),
      },
      { check: (value) => notNull(value, 'server') },
    ),
    eureka: httpClient('a Eureka discovery', { server: withHost, ...refresh }, { required: ['server'] }),
    kuma: httpClient(
      'a Kuma discovery',
      { server: withHost, ...refresh, fetch_timeout: duration() },
      { required: ['server'] },
    ),
    kubernetes,
    marathon,
    nerve: zookeeper('a Nerve discovery'),
    serverset: zookeeper('a Serverset discovery'),
    triton,
    ...cloudDiscovery(),
  };
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, shape]) => [
      `${kind}${kind === 'static' ? '' : '_sd'}_configs`,
      list(shape, noNulls),
    ]),
  );
};
