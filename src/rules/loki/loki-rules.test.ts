import { describe, expect, it } from 'vitest';
import type { Rule } from '../define-rule.ts';
import { composeOf, told } from '../test-support.ts';
import { absentRing } from './absent-ring.ts';
import { deadAlertmanager } from './dead-alertmanager.ts';
import { invalidConfiguration } from './invalid-configuration.ts';
import { invalidSchemaPeriod } from './invalid-schema-period.ts';
import { loneReplica } from './lone-replica.ts';
import { refusedSetting } from './refused-setting.ts';
import { shortRetention } from './short-retention.ts';
import { unconfiguredStore } from './unconfigured-store.ts';

const check = (rule: Rule, config: string, { image = 'grafana/loki:2.9.2', flags = '', more = {} } = {}): string[] =>
  told(rule, {
    'compose.yml': composeOf({
      loki: `image: ${image}\ncommand: -config.file=/l.yml ${flags}\nvolumes: ["./l.yml:/l.yml"]`,
      ...more,
    }),
    'l.yml': config,
  });
const period = (changes: string): string =>
  `schema_config: {configs: [{from: 2024-01-01, store: tsdb, object_store: filesystem, schema: v12, index: {period: 24h}, ${changes}}]}\n`;

describe('loki/invalid-configuration', () => {
  it.each([
    ['keys of later versions, where the version is another', 'pattern_ingester: {enabled: true}', 'grafana/loki:3.0.0'],
    ['keys of later versions, where the version is not written', 'pattern_ingester: {enabled: true}', 'grafana/loki'],
  ])('only asks about %s', (_, config, image) => {
    expect(check(invalidConfiguration, config, { image })).toEqual([expect.stringMatching(/^info .*cannot be told$/)]);
  });

  it.each([
    'server: {log_level: warn, http_server_read_timeout: 30}',
    'limits_config: {ingestion_rate_mb: 16, per_stream_rate_limit: 5MB, query_timeout: 1m}',
    'table_manager: {retention_period: 0s, retention_deletes_enabled: no}',
    'storage_config: {boltdb_shipper: {shared_store: filesystem}, aws: {s3: "s3://key:${SECRET}@host/bucket"}}',
    'chunk_store_config: {max_look_back_period: 0s}\nquerier: {engine: {timeout: 3m}}',
    'common: {storage: {s3: {secret_access_key: "${KEY}"}}}\nserver: {http_listen_port: "${PORT}"}',
  ])('takes %s', (config) => expect(check(invalidConfiguration, config)).toEqual([]));
});

describe('loki/invalid-schema-period', () => {
  it.each([
    ['a file of its own', '', { flags: '-schema-config-file=/s.yml' }],
    ['a version from the environment', period('').replace('v12', '"${SCHEMA}"'), {}],
    ['an index of older kind with longer tables', period('').replace('tsdb', 'boltdb').replace('24h', '168h'), {}],
  ])('is silent about %s', (_, config, more) => expect(check(invalidSchemaPeriod, config, more)).toEqual([]));
});

it('says nothing of what a file lacks that does not parse', () => {
  const found = [invalidSchemaPeriod, absentRing].flatMap((rule) => check(rule, 'common: {ring: [\n'));
  expect(found).toEqual([]);
});

describe('loki/unconfigured-store', () => {
  const store = period('').replace('filesystem', 's3');
  it.each([
    ['a store of storage_config', `${store}storage_config: {aws: {s3: "s3://bucket"}}`, {}],
    ['a store by flags', store, { flags: '-s3.url=s3://bucket' }],
    ['a named store', `${store.replace('s3', 'mine')}storage_config: {named_stores: {aws: {mine: {}}}}`, {}],
    ['another version', store.replace('s3', 'unheard'), { image: 'grafana/loki:3.1.0' }],
  ])('is silent about %s', (_, config, more) => expect(check(unconfiguredStore, config, more)).toEqual([]));

  it.each([
    ['warning', { user: '0' }],
    ['warning', { working_dir: '/loki' }],
    ['error', {}],
  ])('knows that a Loki without a folder starts: %s with %j', (severity, own) => {
    const loki = Object.entries(own).map(([key, value]) => `\n${key}: "${value}"`);
    expect(check(unconfiguredStore, period(''), { image: `grafana/loki:2.9.2${loki.join('')}` })).toEqual([
      expect.stringMatching(new RegExp(`^${severity} .*keeps its chunks in the folder it is started in`)),
    ]);
  });
});

describe('loki/absent-ring', () => {
  it.each([
    ['the ring of the ingester', 'ingester: {lifecycler: {ring: {kvstore: {store: inmemory}}}}', {}],
    ['members', 'memberlist: {join_members: [loki]}', {}],
    ['a flag', 'auth_enabled: false', { flags: '-common.storage.ring.store=inmemory' }],
    [
      'a Consul of the stack',
      'common: {ring: {kvstore: {store: consul, consul: {host: "consul:8500"}}}}',
      { more: { consul: 'image: consul:1' } },
    ],
  ])('is silent about %s', (_, config, more) => expect(check(absentRing, config, more)).toEqual([]));

  it('finds a Consul that is not there', () => {
    const config = 'common: {ring: {kvstore: {store: consul, consul: {host: "consul:8500"}}}}';
    expect(check(absentRing, config)).toEqual([expect.stringContaining('"consul", which is no service')]);
  });
});

describe('loki/dead-alertmanager', () => {
  const config = 'ruler: {alertmanager_url: "http://localhost:9093", storage: {local: {directory: /rules}}}';
  it('cannot tell of the address that Loki comes with where no rule is known', () => {
    expect(check(deadAlertmanager, config)).toEqual([expect.stringMatching(/^info .*no rule of it is known/)]);
  });
});

describe('loki/lone-replica', () => {
  const three = 'common: {replication_factor: 3}';
  it.each([
    ['one of several', { more: { second: 'image: grafana/loki:2.9.2' } }],
    ['a part of a whole', { flags: '-target=write' }],
  ])('is silent about %s', (_, more) => expect(check(loneReplica, three, more)).toEqual([]));
});

describe('loki/short-retention and loki/refused-setting', () => {
  it.each([
    'limits_config: {retention_period: 0s}',
    'compactor: {retention_enabled: true}\nlimits_config: {per_tenant_override_config: /o.yml}',
    'compactor: {retention_enabled: true, apply_retention_interval: 20m}\nlimits_config: {retention_period: 7d}',
    'common: {storage: {filesystem: {chunks_directory: /c, rules_directory: /r}}}\nruler: {storage: {type: s3}}',
    'common: {storage: {filesystem: {chunks_directory: /c}}}\nruler: {storage: {local: {directory: /r}}}',
  ])('are silent about %s', (config) => {
    expect([...check(shortRetention, config), ...check(refusedSetting, config)]).toEqual([]);
  });
});
