import { describe, expect, it } from 'vitest';
import { alertmanager, composeOf, prometheus, told } from '../test-support.ts';
import { dockerSocket } from './docker-socket.ts';
import { exposedPort } from './exposed-port.ts';
import { hostNetwork } from './host-network.ts';
import { pluginDownload } from './plugin-download.ts';
import { readOnlyData } from './read-only-data.ts';
import { unansweredCondition } from './unanswered-condition.ts';
import { uncheckedService } from './unchecked-service.ts';
import { undeclaredNetwork } from './undeclared-network.ts';
import { undeclaredVolume } from './undeclared-volume.ts';

const image = 'image: prom/prometheus:v2.47.0';
const compose = (service: string, rest = ''): { 'compose.yml': string } => ({
  'compose.yml': composeOf({ one: service }, rest),
});
const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);

describe('compose/undeclared-volume', () => {
  const mounting = (volume: string): string => `${image}\nvolumes: ["${volume}"]`;

  it.each([
    [mounting('data:/d'), 'volumes:\n  data:\n'],
    [mounting('data:/d'), 'volumes:\n  data: {external: true}\n'],
    [mounting('./data:/d'), ''],
    [mounting('/anonymous'), ''],
    [mounting('${WHERE}:/d'), ''],
    [mounting('${WHERE:-data}:/d'), ''],
    [`${image}\nvolumes: [{type: image, source: tools, target: /d}]`, ''],
    [`${image}\nvolumes: ['\\\\.\\pipe\\docker_engine:\\\\.\\pipe\\docker_engine']`, ''],
  ])('is silent about %s', (service, rest) => {
    expect(told(undeclaredVolume, compose(service, rest))).toEqual([]);
  });

  it('finds a name that is not there, in both forms', () => {
    expect(told(undeclaredVolume, compose(mounting('data:/d')))).toEqual([
      'error compose.yml:4 Service "one" uses the volume "data", which the file does not declare, so compose refuses the file',
    ]);
    const long = `${image}\nvolumes: [{type: volume, source: data, target: /d}]`;
    expect(told(undeclaredVolume, compose(long))).toHaveLength(1);
  });

  it('knows profiles, neighbours and what cannot be read', () => {
    expect(told(undeclaredVolume, compose(`${mounting('data:/d')}\nprofiles: [a]`))).toEqual([like(/^warning /)]);
    const beside = { 'base.yml': 'services:\n  a: {}\nvolumes:\n  # kept\n  data:\n' };
    expect(told(undeclaredVolume, { ...compose(mounting('data:/d')), ...beside })).toEqual([
      like(/^info .*"base.yml"/),
    ]);
    const remote = 'include: ["https://example.com/a.git"]\n';
    expect(told(undeclaredVolume, compose(mounting('data:/d'), remote))).toEqual([]);
  });
});

describe('compose/undeclared-network', () => {
  it.each([
    [`${image}\nnetworks: [default]`, ''],
    [`${image}\nnetworks: [a]`, 'networks: {a: {external: true}}\n'],
    [`${image}\nnetwork_mode: host`, ''],
    [image, ''],
  ])('is silent about %s', (service, rest) => {
    expect(told(undeclaredNetwork, compose(service, rest))).toEqual([]);
  });

  it.each([`${image}\nnetworks: [a]`, `${image}\nnetworks:\n  a:\n    aliases: [b]`])('finds %s', (service) => {
    expect(told(undeclaredNetwork, compose(service))).toEqual([like(/^error .*"a", which the file does not declare/)]);
  });
});

describe('compose/host-network and compose/docker-socket', () => {
  it('warns, and tells of node-exporter', () => {
    expect(told(hostNetwork, compose(`${image}\nnetwork_mode: host`))).toEqual([like(/^warning compose.yml:4/)]);
    expect(told(hostNetwork, compose('image: prom/node-exporter:v1.6.1\nnetwork_mode: host'))).toEqual([
      like(/^info /),
    ]);
    expect(told(hostNetwork, compose(`${image}\nnetwork_mode: "service:two"`))).toEqual([]);
  });

  it.each([
    [`${image}\nvolumes: ["/var/run/docker.sock:/s"]`, [like(/^warning /)]],
    ['image: grafana/promtail:2.9.2\nvolumes: ["/var/run/docker.sock:/s"]', [like(/^warning /)]],
    ['image: grafana/promtail:2.9.2\nvolumes: ["/var/run/docker.sock:/s:ro"]', [like(/^info /)]],
    [`${image}\nvolumes: ["/var/run:/var/run:ro"]`, []],
  ])('reads %s', (service, expected) => {
    expect(told(dockerSocket, compose(service))).toEqual(expected);
  });
});

describe('compose/exposed-port', () => {
  it.each([
    [`${alertmanager}\nports: ["9093:9093"]`, /^warning .*silence every alert$/],
    [`${alertmanager}\nports: ["0.0.0.0:9093:9093", "9094:9094"]`, /^warning .*port "9093" and "9094"/],
    [`${alertmanager}\ncommand: [--web.config.file=/w.yml]\nports: ["9093:9093"]`, /^info /],
    [`${prometheus}\nports: ["9090:9090"]`, /^info /],
    [`${prometheus}\ncommand: [--web.enable-lifecycle]\nports: ["9090:9090"]`, /^info /],
    ['image: grafana/grafana:10.2.0\nports: ["3000:3000"]', /^info /],
  ])('reads %s', (service, expected) => {
    expect(told(exposedPort, { ...compose(service) })).toEqual([like(expected)]);
  });

  it('is silent about an address, and about what it does not know', () => {
    expect(told(exposedPort, compose(`${alertmanager}\nports: ["127.0.0.1:9093:9093"]`))).toEqual([]);
    expect(
      told(exposedPort, { 'compose.yml': composeOf({ prometheus, proxy: 'image: traefik:v2\nports: ["80:80"]' }) }),
    ).toEqual([]);
  });
});

describe('compose/unchecked-service and compose/plugin-download', () => {
  it('tells once of all services that bring no check', () => {
    const services = {
      prometheus,
      alertmanager,
      cadvisor: 'image: gcr.io/cadvisor/cadvisor:v0.47.2',
      shop: 'image: a:1',
    };
    expect(told(uncheckedService, { 'compose.yml': composeOf(services) })).toEqual([
      like(/^info compose.yml:2 Services "prometheus" and "alertmanager" have no health check/),
    ]);
  });

  it.each([
    ['GF_INSTALL_PLUGINS: a', 1],
    ['GF_INSTALL_PLUGINS: ""', 0],
    ['GF_PLUGINS_PREINSTALL: a', 1],
  ])('reads %s', (variable, count) => {
    const files = compose(`image: grafana/grafana:10.2.0\nenvironment:\n  ${variable}`);
    expect(told(pluginDownload, files)).toHaveLength(count);
  });
});

describe('compose/read-only-data', () => {
  const grafana = 'image: grafana/grafana:10.2.0\nread_only: true';
  const loki = 'image: grafana/loki:2.9.2\nread_only: true\nvolumes: ["./l.yml:/etc/loki/local-config.yaml:ro"';
  const prefix = { 'l.yml': 'common: {path_prefix: /loki}\n' };

  it.each([
    ['a Grafana that may write', 'image: grafana/grafana:10.2.0', {}],
    ['a volume', `${grafana}\nvolumes: ["/var/lib/grafana"]`, {}],
    ['a tmpfs above it', `${grafana}\ntmpfs: [/var/lib]`, {}],
    ['another database', `${grafana}\nenvironment: {GF_DATABASE_TYPE: postgres}`, {}],
    ['the volume of the image', `${image}\nread_only: true`, {}],
    ['the volume of the image by flag', `${image}\nread_only: true\ncommand: [--storage.tsdb.path=/prometheus/a]`, {}],
    ['a Loki with volumes below', `${loki}, "/loki/chunks"]`, prefix],
    ['a Loki that only asks', `${loki}]\ncommand: -target=query-frontend`, prefix],
    ['a Loki whose paths are not known', `${loki}]`, { 'l.yml': '{}' }],
  ])('is silent about %s', (_, service, more) => {
    expect(told(readOnlyData, { ...compose(service), ...more })).toEqual([]);
  });

  it.each([
    ['Grafana', grafana, {}, '"/var/lib/grafana"'],
    ['a read-only mount', `${grafana}\nvolumes: ["d:/var/lib/grafana:ro"]`, {}, '"/var/lib/grafana"'],
    ['another path', `${image}\nread_only: true\ncommand: [--storage.tsdb.path=/data]`, {}, '"/data"'],
    ['Loki', `${loki}]`, prefix, '"/loki"'],
    [
      'one folder of Loki',
      `${loki}, "data:/loki"]`,
      { 'l.yml': 'common: {path_prefix: /loki}\ncompactor: {working_directory: /tmp/compactor}\n' },
      '"/tmp/compactor"',
    ],
  ])('finds %s', (_, service, more, expected) => {
    expect(told(readOnlyData, { ...compose(service), ...more })).toEqual([expect.stringContaining(expected)]);
  });
});

describe('compose/unanswered-condition', () => {
  const waiting = (other: string, condition = 'service_healthy', more = {}): string[] =>
    told(unansweredCondition, {
      ...more,
      'compose.yml': composeOf({
        grafana: `image: grafana/grafana:10.2.0\ndepends_on: {one: {condition: ${condition}}}`,
        one: other,
      }),
    });

  it.each([
    [`${image}\nhealthcheck: {test: [CMD, "true"]}`, 'service_healthy'],
    [image, 'service_started'],
    ['image: gcr.io/cadvisor/cadvisor:v0.47.2', 'service_healthy'],
    ['image: shop:1', 'service_healthy'],
    ['build: .\nimage: prom/prometheus:v2.47.0', 'service_healthy'],
  ])('is silent about %s with %s', (other, condition) => {
    expect(waiting(other, condition)).toEqual([]);
  });

  it.each([image, `${image}\nhealthcheck: {disable: true}`, 'image: shop:1\nhealthcheck: {test: [NONE]}'])(
    'finds %s',
    (other) => {
      expect(waiting(other)).toEqual([like(/^error compose.yml:4 Service "grafana" waits for "one" to be healthy/)]);
    },
  );

  it('is not certain of mirrors, and leaves overrides alone', () => {
    expect(waiting('image: registry.test/mirror/prometheus:v2.47.0')).toEqual([like(/^warning /)]);
    const more = { 'override.yml': 'services:\n  one:\n    healthcheck: {test: [CMD, "true"]}\n' };
    expect(waiting(image, 'service_healthy', more)).toEqual([]);
  });
});
