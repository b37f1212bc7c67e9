import { parse, stringify } from 'yaml';
import data from '../src/schema/logs/keys.json' with { type: 'json' };
import type { Choices } from './support/samples.ts';

const bases = {
  loki: `auth_enabled: false
server: {http_listen_port: 3100, grpc_listen_port: 9096}
common:
  path_prefix: /loki
  replication_factor: 1
  ring: {kvstore: {store: inmemory}}
  storage: {filesystem: {chunks_directory: /loki/chunks, rules_directory: /loki/rules}}
schema_config:
  configs:
    - {from: 2024-01-01, store: boltdb-shipper, object_store: filesystem, schema: v11, index: {prefix: index_, period: 24h}}
    - {from: 2025-01-01, store: tsdb, object_store: filesystem, schema: v12, index: {prefix: index_, period: 24h}}
limits_config:
  retention_period: 336h
  retention_stream: [{selector: '{app="a"}', priority: 1, period: 24h}]
compactor: {working_directory: /loki/compactor, retention_enabled: true, delete_request_store: filesystem}
ruler: {alertmanager_url: 'http://alertmanager:9093', storage: {type: local, local: {directory: /loki/rules}}}
analytics: {reporting_enabled: false}
`,
  promtail: `server: {http_listen_port: 9080, grpc_listen_port: 0}
positions: {filename: /tmp/positions.yaml}
clients: [{url: 'http://loki:3100/loki/api/v1/push', external_labels: {site: a}}]
scrape_configs:
  - job_name: files
    static_configs: [{targets: [localhost], labels: {job: files, __path__: /var/log/*.log}}]
    pipeline_stages:
      - json: {expressions: {level: level, agent: '"user-agent"', first: 'a[0].b'}}
      - regex: {expression: '^(?P<time>\\S+) (?P<msg>.*)$', source: msg}
      - timestamp: {source: time, format: RFC3339, location: Europe/Berlin}
      - labels: {level: null}
      - match: {selector: '{job="files"} |= "x"', stages: [{drop: {source: level, value: debug}}]}
      - template: {source: msg, template: '{{ .Value | ToUpper }}'}
      - metrics: {lines: {type: Counter, description: lines, config: {match_all: true, action: inc}}}
      - multiline: {firstline: '^\\d', max_wait_time: 3s}
      - limit: {rate: 10, burst: 20, drop: true}
      - output: {source: msg}
      - tenant: {value: a}
      - logfmt: {mapping: {a: b}}
      - replace: {expression: '(a)', replace: x}
      - static_labels: {a: b}
      - labeldrop: [a]
      - sampling: {rate: 0.1}
  - job_name: docker
    docker_sd_configs: [{host: 'unix:///var/run/docker.sock', refresh_interval: 5s}]
    relabel_configs: [{source_labels: [__meta_docker_container_name], regex: '/(.*)', target_label: container}]
  - job_name: journal
    journal: {max_age: 12h, labels: {job: journal}}
  - job_name: syslog
    syslog: {listen_address: '0.0.0.0:1514', labels: {job: syslog}}
`,
};

const values: readonly unknown[] = [
  0,
  1,
  -1,
  1.5,
  30,
  true,
  false,
  null,
  '',
  'x',
  '5m',
  '1d',
  '24h',
  '168h',
  '64MB',
  'v12',
  'tsdb',
  '${VAR}',
  '(',
  '(?P<a>b)',
  'a-b',
  [],
  ['a'],
  {},
  { a: 1 },
];

/** Configurations, each with one or two places changed: a key misspelt, moved, added, a value of another kind. */
export function mutants(kind: keyof typeof bases, draw: Choices, count: number): string[] {
  return Array.from({ length: count }, () => {
    const value: unknown = parse(bases[kind]);
    for (let change = draw.below(2); change >= 0; change -= 1) mutate(kind, value, draw);
    return stringify(value);
  });
}

function mutate(kind: keyof typeof bases, root: unknown, draw: Choices): void {
  const spots = spotsOf(root, data[kind]);
  const { holder, key, word } = draw.oneOf(spots);
  const change = draw.below(6);
  if (Array.isArray(holder)) {
    const index = Number(key);
    if (change === 0) holder.splice(index, 1);
    else if (change === 1) holder.push(structuredClone(holder[index]));
    else if (change === 2) holder[index] = draw.oneOf(values);
    return;
  }
  const held = holder[key];
  if (change === 0) delete holder[key];
  else if (change === 1) {
    delete holder[key];
    holder[`${key}s`] = held;
  } else if (change === 2 || change === 3) holder[key] = draw.oneOf(values);
  else addKnown(holder, word, draw);
}

/** A key that the section knows, with a value that fits it or one that does not. */
function addKnown(holder: Record<string, unknown>, word: string, draw: Choices): void {
  const types: Readonly<Record<string, string>> = data.types;
  const entries = (types[word.replace(/[^0-9a-f]/g, '')] ?? '').split(' ').filter((entry) => entry.includes('='));
  if (!word.includes('#') || entries.length === 0) return;
  const [key = '', kind = ''] = draw.oneOf(entries).split('=');
  if (key in holder) return;
  const fits: Readonly<Record<string, unknown>> = {
    b: true,
    d: '5m',
    p: '1d',
    i: 5,
    u: 5,
    r: 0.5,
    t: 'text',
    z: '64MB',
    l: 'info',
    s: 'x',
  };
  holder[key] = draw.chance(60) && kind in fits ? fits[kind] : draw.oneOf(values);
}

interface Spot {
  readonly holder: Record<string, unknown> | unknown[];
  readonly key: string;
  /** What the holder is, as the shapes write it; empty where they do not say. */
  readonly word: string;
}

function spotsOf(value: unknown, word: string): Spot[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => [
      { holder: value, key: String(index), word },
      ...spotsOf(item, word.slice(1, -1)),
    ]);
  if (!isRecord(value)) return [];
  const types: Readonly<Record<string, string>> = data.types;
  const keys = new Map(
    (types[word.slice(1)] ?? '').split(' ').map((entry): [string, string] => {
      const [key = '', kind = ''] = entry.split('=');
      return [key, kind];
    }),
  );
  return Object.entries(value).flatMap(([key, held]) => [
    { holder: value, key, word },
    ...spotsOf(held, keys.get(key) ?? ''),
  ]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
