import { atMostOne, has, isWritten, noNulls } from '../facts.ts';
import { httpClient } from '../http-client.ts';
import { labelKey, url } from '../names.ts';
import { duration, oneOf, secret, text, truth, whole } from '../scalars.ts';
import { list, map, type RecordFault, record, type Shape } from '../shape.ts';
import { relabelConfigs } from './relabel.ts';

type Mapping = Readonly<Record<string, unknown>>;

const reserved = [
  'authorization',
  'host',
  'content-encoding',
  'content-length',
  'content-type',
  'user-agent',
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'www-authenticate',
  'accept-encoding',
  'x-prometheus-remote-write-version',
  'x-prometheus-remote-read-version',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-content-sha256',
];

/** Headers of one's own; those that Prometheus sets itself may not be among them. */
export const headers: Shape = map(text(), (name) =>
  reserved.includes(String(name).toLowerCase()) ? 'is a header that Prometheus sets itself' : undefined,
);

const sigv4 = record(
  'an AWS signature',
  { region: text(), access_key: text(), secret_key: secret, profile: text(), role_arn: text() },
  {
    check: (value): RecordFault[] =>
      has(value, 'access_key') === has(value, 'secret_key')
        ? []
        : [{ route: [], wrong: 'has one of "access_key" and "secret_key" without the other', kind: 'missing-key' }],
  },
);

const uuid = text((written) =>
  /^(?:urn:uuid:|\{)?[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}\}?$/i.test(written)
    ? undefined
    : 'is no UUID',
);

const azuread = record(
  'an Azure AD sign-in',
  {
    managed_identity: record('a managed identity', { client_id: uuid }, { required: ['client_id'] }),
    cloud: oneOf('AzurePublic', 'AzureChina', 'AzureGovernment'),
  },
  { required: ['managed_identity'] },
);

const queue = record('a queue', {
  capacity: whole(),
  max_shards: whole(),
  min_shards: whole(),
  max_samples_per_send: whole(),
  batch_send_deadline: duration(),
  min_backoff: duration(),
  max_backoff: duration(),
  retry_on_http_429: truth,
});

const metadata = record('a metadata configuration', {
  send: truth,
  send_interval: duration(),
  max_samples_per_send: whole(),
});

/** Where samples are sent (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#remote_write). */
export const remoteWrite: Shape = list(
  httpClient(
    'a remote write',
    {
      url: url(),
      remote_timeout: duration(),
      headers,
      write_relabel_configs: relabelConfigs,
      name: text(),
      send_exemplars: truth,
      send_native_histograms: truth,
      queue_config: queue,
      metadata_config: metadata,
      sigv4,
      azuread,
    },
    { required: ['url'], check: signing },
  ),
  entries,
);

function signing(value: Mapping): RecordFault[] {
  const ways = ['basic_auth', 'authorization', 'oauth2', 'bearer_token', 'bearer_token_file'];
  const written = Object.fromEntries([...ways, 'sigv4', 'azuread'].map((key) => [key, isWritten(value, key)]));
  const used = {
    ...written,
    bearer_token: has(value, 'bearer_token'),
    bearer_token_file: has(value, 'bearer_token_file'),
  };
  const pairs = [
    ...ways.flatMap((way) => [[way, 'sigv4'] as const, [way, 'azuread'] as const]),
    ['sigv4', 'azuread'] as const,
  ];
  return pairs.map((pair) => atMostOne(used, ...pair)).find((found) => found.length > 0) ?? [];
}

/** Where samples are read from (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#remote_read). */
export const remoteRead: Shape = list(
  httpClient(
    'a remote read',
    {
      url: url(),
      remote_timeout: duration(),
      headers,
      read_recent: truth,
      name: text(),
      required_matchers: map(text(), labelKey),
      filter_external_labels: truth,
    },
    { required: ['url'] },
  ),
  entries,
);

/** No entry is empty, and no two have one name. */
function entries(value: readonly unknown[]): RecordFault[] {
  const names = new Set<string>();
  const twice = value.flatMap((item, index): RecordFault[] => {
    const name = String(Object(item).name ?? '');
    const known = name !== '' && names.has(name);
    names.add(name);
    return known
      ? [{ route: [index, 'name'], wrong: `is "${name}", the name of another one too`, kind: 'conflict' }]
      : [];
  });
  return [...noNulls(value), ...twice];
}
