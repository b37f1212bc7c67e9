import { atMostOne, notNull, oneNeeded } from '../facts.ts';
import { httpClient, httpClientKeys, tlsConfig } from '../http-client.ts';
import { url } from '../names.ts';
import { duration, filled, oneOf, secret, text, truth, whole } from '../scalars.ts';
import { list, type RecordFault, record, type Shape } from '../shape.ts';

const port = whole();
const refresh = { refresh_interval: duration() };
const amazon = {
  endpoint: text(),
  region: text(),
  access_key: text(),
  secret_key: secret,
  profile: text(),
  role_arn: text(),
  ...refresh,
  port,
};

const azure = record(
  'an Azure discovery',
  {
    environment: text(),
    port,
    subscription_id: filled,
    tenant_id: text(),
    client_id: text(),
    client_secret: secret,
    ...refresh,
    authentication_method: oneOf('OAuth', 'ManagedIdentity'),
    resource_group: text(),
    ...httpClientKeys,
  },
  {
    required: ['subscription_id'],
    check: (value): RecordFault[] => [
      ...notNull(value, 'authentication_method'),
      ...(String(value['authentication_method'] ?? 'OAuth') === 'OAuth'
        ? ['tenant_id', 'client_id', 'client_secret'].flatMap((key) => oneNeeded(value, key))
        : []),
    ],
  },
);

const openstack = record(
  'an OpenStack discovery',
  {
    identity_endpoint: text(),
    username: text(),
    userid: text(),
    password: secret,
    project_name: text(),
    project_id: text(),
    domain_name: text(),
    domain_id: text(),
    application_credential_name: text(),
    application_credential_id: text(),
    application_credential_secret: secret,
    role: oneOf('hypervisor', 'instance'),
    region: filled,
    ...refresh,
    port,
    all_tenants: truth,
    tls_config: tlsConfig,
    availability: oneOf('public', 'internal', 'admin'),
  },
  { required: ['role', 'region'], check: (value) => notNull(value, 'availability') },
);

/** A text of a known form; the value, often a secret, is not shown. */
const formed = (form: RegExp, what: string): Shape =>
  text((written) => (form.test(written) ? undefined : `is no ${what}`));

const uuid = formed(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i, 'UUID');

const scaleway = httpClient(
  'a Scaleway discovery',
  {
    project_id: uuid,
    api_url: url(),
    zone: formed(/^[a-z]{2}-[a-z]{3}-[1-9]$/, 'zone like fr-par-1'),
    access_key: formed(/^SCW[A-Z0-9]{17}$/, 'access key of Scaleway'),
    secret_key: uuid,
    secret_key_file: text(),
    name_filter: text(),
    tags_filter: list(text()),
    ...refresh,
    port,
    role: oneOf('instance', 'baremetal'),
  },
  {
    required: ['role', 'project_id', 'access_key'],
    check: (value) => [
      ...notNull(value, 'api_url', 'zone'),
      ...oneNeeded(value, 'secret_key', 'secret_key_file'),
      ...atMostOne(value, 'secret_key', 'secret_key_file'),
    ],
  },
);

/** Discovery in clouds, by the first word of its key. */
export const cloudDiscovery = (): Readonly<Record<string, Shape>> => ({
  azure,
  digitalocean: httpClient('a DigitalOcean discovery', { ...refresh, port }),
  ec2: record('an EC2 discovery', {
    ...amazon,
    filters: list(
      record('a filter', { name: text(), values: list(text()) }, { check: (value) => emptyValues(value['values']) }),
    ),
    ...httpClientKeys,
  }),
  gce: record(
    'a GCE discovery',
    { project: filled, zone: filled, filter: text(), ...refresh, port, tag_separator: text() },
    { required: ['project', 'zone'] },
  ),
  hetzner: httpClient(
    'a Hetzner discovery',
    { ...refresh, port, role: oneOf('robot', 'hcloud') },
    { required: ['role'] },
  ),
  ionos: httpClient('an IONOS discovery', { datacenter_id: filled, ...refresh, port }, { required: ['datacenter_id'] }),
  lightsail: record('a Lightsail discovery', { ...amazon, ...httpClientKeys }),
  linode: httpClient('a Linode discovery', { ...refresh, port, tag_separator: text() }),
  openstack,
  ovhcloud: record(
    'an OVHcloud discovery',
    {
      endpoint: filled,
      application_key: filled,
      application_secret: secret,
      consumer_key: secret,
      ...refresh,
      service: oneOf('dedicated_server', 'vps'),
    },
    {
      required: ['application_key', 'application_secret', 'consumer_key', 'service'],
      check: (value) => notNull(value, 'endpoint'),
    },
  ),
  puppetdb: record(
    'a PuppetDB discovery',
    {
      ...httpClientKeys,
      ...refresh,
      url: url('http', 'https'),
      query: filled,
      include_parameters: truth,
      port,
    },
    { required: ['url', 'query'] },
  ),
  scaleway,
  uyuni: record(
    'a Uyuni discovery',
    {
      server: filled,
      username: filled,
      password: secret,
      ...httpClientKeys,
      entitlement: text(),
      separator: text(),
      ...refresh,
    },
    { required: ['server', 'username', 'password'] },
  ),
  vultr: httpClient('a Vultr discovery', { ...refresh, port }),
});

function emptyValues(values: unknown): RecordFault[] {
  return Array.isArray(values) && values.length > 0
    ? []
    : [{ route: [], wrong: 'has no "values"', kind: 'missing-key' }];
}
