import { describe, expect, it } from 'vitest';
import { composeOf, told } from '../test-support.ts';
import { absentProgram } from './absent-program.ts';
import { gainingPrivileges } from './gaining-privileges.ts';
import { hostNamespace } from './host-namespace.ts';
import { ignoredReservation } from './ignored-reservation.ts';
import { missingHostMount } from './missing-host-mount.ts';
import { obsoleteOption } from './obsolete-option.ts';
import { powerfulCapability } from './powerful-capability.ts';
import { repeatedProgram } from './repeated-program.ts';
import { rootUser } from './root-user.ts';
import { smallMemory } from './small-memory.ts';
import { unawaitedDependency } from './unawaited-dependency.ts';
import { unkeptData } from './unkept-data.ts';
import { unsupervisedService } from './unsupervised-service.ts';
import { unwritableData } from './unwritable-data.ts';
import { vacuousCheck } from './vacuous-check.ts';
import { wrongCheck } from './wrong-check.ts';

const prom = 'image: prom/prometheus:v2.47.0';
const grafana = 'image: grafana/grafana:10.2.0';
const loki = 'image: grafana/loki:2.9.2';
const promtail = 'image: grafana/promtail:2.9.2';
const node = 'image: prom/node-exporter:v1.6.1';
const compose = (service: string, rest = ''): { 'compose.yml': string } => ({
  'compose.yml': composeOf({ one: service }, rest),
});
const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const check = (image: string, test: string): string => `${image}\nhealthcheck: {test: ${test}}`;

describe('compose/absent-program', () => {
  it.each([
    ['a program of the image', check(prom, 'wget -q http://localhost:9090/-/ready')],
    ['another way after ||', check(prom, 'curl -f http://localhost:9090 || wget -q http://localhost:9090')],
    ['a program that is looked for first', check(prom, 'command -v curl && curl -f http://localhost:9090')],
    ['an image that is built here', `${check(prom, 'curl -f http://localhost:9090')}\nbuild: .`],
    ['an image of others', check('image: bitnami/prometheus:2.47.0', 'curl -f http://localhost:9090')],
    ['a version that is not known', check('image: grafana/loki:3.5.0', 'curl -f http://localhost:3100/ready')],
    ['an image without a version', check('image: prom/prometheus', 'curl -f http://localhost:9090')],
    ['curl in the image of Grafana', check(grafana, 'curl -f http://localhost:3000/api/health')],
    ['a check that is off', check(prom, '[NONE]')],
    ['a shell that is there', `${prom}\nentrypoint: ["/bin/sh", "-c"]`],
  ])('is silent about %s', (_, service) => {
    expect(told(absentProgram, compose(service))).toEqual([]);
  });

  it.each([
    [check(prom, '[CMD-SHELL, "curl -f http://localhost:9090 || exit 1"]'), /runs "curl"/],
    [check(prom, '[CMD, /bin/bash, -c, "wget x"]'), /runs "bash"/],
    [check(promtail, '[CMD, sh, -c, "wget -q http://localhost:9080/ready"]'), /runs "wget"/],
    [check(loki, 'test -f /x && curl -f http://localhost:3100/ready'), /runs "curl"/],
    [`${prom}\nentrypoint: ["/bin/bash", "/start.sh"]`, /starts with "\/bin\/bash"/],
  ])('finds %s', (service, expected) => {
    expect(told(absentProgram, compose(service))).toEqual([like(expected)]);
  });
});

describe('compose/wrong-check and compose/vacuous-check', () => {
  it.each([
    [
      'a port that is configured',
      `${check(prom, 'wget -q http://localhost:9999/-/ready')}\ncommand: [--web.listen-address=:9999]`,
    ],
    [
      'a page below a prefix',
      `${check(prom, 'wget -q http://localhost:9090/prom/-/ready')}\ncommand: [--web.external-url=http://x/prom]`,
    ],
    ['another host', check(prom, 'wget -q http://proxy:80/ready')],
    ['a variable', check(prom, 'wget -q http://localhost:$$PORT/-/ready')],
    ['Grafana, which answers every page', check(grafana, 'wget -q http://localhost:3000/-/healthy')],
    [
      'a port set by a variable',
      `${check(grafana, 'wget -q http://localhost:3001/api/health')}\nenvironment: {GF_SERVER_HTTP_PORT: "3001"}`,
    ],
    [
      'a configuration that is elsewhere',
      `${check(loki, 'wget -q http://localhost:3101/ready')}\nvolumes: ["/srv/loki:/etc/loki"]`,
    ],
    ['variables that are elsewhere', `${check(grafana, 'wget -q http://localhost:3001/api/health')}\nenv_file: .env`],
    ['two addresses', check(prom, 'wget -q http://localhost:1/ || wget -q http://localhost:9090/')],
  ])('is silent about %s', (_, service) => {
    expect(told(wrongCheck, compose(service))).toEqual([]);
  });

  it('names the port that is meant', () => {
    expect(told(wrongCheck, compose(check(prom, 'wget -q http://localhost/-/ready')))).toEqual([
      like(/listens on 9090/),
    ]);
  });

  it.each([
    ['wget -q x || exit 1', 0],
    ['test -e /x', 0],
    ['wget x && echo fine', 0],
    ['[CMD, "true"]', 1],
    ['wget x || exit 0', 1],
    ['wget x; true', 1],
    ['exit 0', 1],
  ])('reads %s', (test, count) => {
    expect(told(vacuousCheck, compose(check(prom, test)))).toHaveLength(count);
  });
});

describe('compose/root-user, compose/unkept-data and compose/unwritable-data', () => {
  const volume = 'volumes: {data: {}}\n';

  it.each([
    [promtail, 'root', 0],
    [prom, '"0:0"', 1],
    [prom, 'nobody', 0],
    [grafana, '0', 1],
    ['image: a/prometheus:v2.47.0', 'root', 0],
    [prom, '"${UID}"', 0],
  ])('reads the user of %s: %s', (image, user, count) => {
    expect(told(rootUser, compose(`${image}\nuser: ${user}`))).toHaveLength(count);
  });

  it('tells once of all that run as root', () => {
    const files = { 'compose.yml': composeOf({ one: `${prom}\nuser: root`, two: `${prom}\nuser: root` }) };
    expect(told(rootUser, files)).toEqual([like(/Services "one" and "two" run as root/)]);
  });

  it.each([
    [`${prom}\nvolumes: ["data:/prometheus"]`, []],
    [`${prom}\nvolumes: ["./data:/prometheus"]`, []],
    [`${prom}\nvolumes: ["data:/prometheus"]\ncommand: [--storage.tsdb.path=/prometheus/data]`, []],
    [`${prom}\ncommand: [--enable-feature=agent]`, []],
    [prom, [like(/^warning .*on no mount/)]],
    [`${prom}\ntmpfs: [/prometheus]`, [like(/^warning .*in memory/)]],
    [`${grafana}\nenvironment: {GF_DATABASE_TYPE: postgres}`, []],
    [grafana, [like(/^info /)]],
    ['image: bitnami/prometheus:2.47.0', []],
    [`${prom}\nentrypoint: /start.sh`, []],
  ])('knows whether the data of %s is kept', (service, expected) => {
    expect(told(unkeptData, compose(service, volume))).toEqual(expected);
  });

  it.each([
    [`${prom}\nvolumes: ["data:/prometheus"]`, volume, []],
    [`${prom}\nuser: root\nvolumes: ["data:/data"]\ncommand: [--storage.tsdb.path=/data]`, volume, []],
    [
      `${prom}\nvolumes: ["data:/data"]\ncommand: [--storage.tsdb.path=/data]`,
      volume,
      [like(/runs as 65534.*belongs to 0/)],
    ],
    [`${prom}\nuser: "1000"\nvolumes: ["data:/prometheus"]`, 'volumes: {data: {external: true}}\n', []],
    [`${prom}\nuser: "1000"\nvolumes: ["/srv/prometheus:/prometheus"]`, '', []],
    [`${prom}\nvolumes: ["./data:/prometheus"]`, '', [like(/^info .*runs as 65534/)]],
    [`${grafana}\nuser: "1000"\nvolumes: ["data:/var/lib/grafana"]`, volume, []],
    [`${grafana}\nuser: "\${UID}"\nvolumes: ["data:/var/lib/grafana"]`, volume, []],
  ])('knows who may write: %s', (service, rest, expected) => {
    expect(told(unwritableData, compose(service, rest))).toEqual(expected);
  });
});

describe('compose/missing-host-mount and compose/repeated-program', () => {
  it.each([
    ['the way of its authors', `${node}\ncommand: [--path.rootfs=/host]\nvolumes: ["/:/host:ro,rslave"]`],
    [
      'paths below one mount',
      `${node}\ncommand: [--path.procfs=/host/proc, --path.sysfs=/host/sys]\nvolumes: ["/:/host:ro"]`,
    ],
    ['what every container has', `${node}\ncommand: [--path.procfs=/proc]\nvolumes: ["/:/rootfs:ro"]`],
    ['an image of others', 'image: bitnami/node-exporter:1.6.1\ncommand: [--path.procfs=/host/proc]'],
  ])('is silent about %s', (_, service) => {
    expect(told(missingHostMount, compose(service))).toEqual([]);
  });

  it('knows what is only missed', () => {
    expect(told(missingHostMount, compose(node))).toEqual([like(/^warning .*mounts nothing of the host/)]);
    expect(told(missingHostMount, compose(`${node}\ncommand: [--path.rootfs=/host]`))).toEqual([
      like(/^warning .*no file system/),
    ]);
  });

  it.each([
    [`${prom}\ncommand: ["--config.file=/a"]`, 0],
    [`${prom}\nentrypoint: /bin/sh\ncommand: prometheus`, 0],
    [`${prom}\ncommand: /bin/prometheus --config.file=/a`, 1],
    [`${grafana}\ncommand: grafana-server`, 0],
  ])('reads the command of %s', (service, count) => {
    expect(told(repeatedProgram, compose(service))).toHaveLength(count);
  });
});

describe('compose/small-memory', () => {
  const limited = (more = ''): string =>
    `${loki}\nmem_limit: 512m\nvolumes: ["./l.yml:/etc/loki/local-config.yaml"]\n${more}`;
  const cache = (size: string): string => `chunk_store_config: {chunk_cache_config: {embedded_cache: {${size}}}}\n`;

  it.each([
    ['a cache below the limit', limited(), cache('enabled: true, max_size_mb: 100')],
    ['a cache that is off', limited(), cache('enabled: false, max_size_mb: 9000')],
    ['no limit', limited().replace('mem_limit: 512m\n', ''), cache('enabled: true, max_size_mb: 9000')],
    ['a small GOMEMLIMIT', limited('environment: {GOMEMLIMIT: 400MiB}'), '{}'],
  ])('is silent about %s', (_, service, config) => {
    expect(told(smallMemory, { ...compose(service), 'l.yml': config })).toEqual([]);
  });

  it.each([
    [limited('environment: {GOMEMLIMIT: 1GiB}'), '{}', /"GOMEMLIMIT" may take 1024 MB/],
    [limited(), 'ingester: {wal: {replay_memory_ceiling: 4GB}}\n', /replays at start/],
    [
      limited(),
      `${cache('enabled: true, max_size_mb: 300')}query_range: {results_cache: {cache: {embedded_cache: {enabled: true, max_size_mb: 300}}}}\n`,
      /600 MB/,
    ],
  ])('finds what is too much', (service, config, expected) => {
    expect(told(smallMemory, { ...compose(service), 'l.yml': config })).toEqual([like(expected)]);
  });
});

describe('a file for Swarm', () => {
  const placed = 'deploy: {placement: {constraints: [a]}, resources: {reservations: {cpus: "1"}}}';
  const files = {
    'stack.yml': `version: "3.8"\n${composeOf({ one: `${prom}\n${placed}\ndepends_on: [two]`, two: check(grafana, 'wget x') })}`,
  };

  it.each([unsupervisedService, gainingPrivileges, ignoredReservation, obsoleteOption, unawaitedDependency])(
    'is not told what Swarm does otherwise',
    (rule) => {
      expect(told(rule, files)).toEqual([]);
    },
  );
});

describe('compose/obsolete-option', () => {
  it.each([
    ['links: [two]', 1],
    ['links: ["two:two"]', 1],
    ['links: ["two:other"]', 0],
    ['depends_on: [two]', 0],
  ])('reads %s', (more, count) => {
    const files = { 'compose.yml': composeOf({ one: `${prom}\n${more}`, two: grafana }) };
    expect(told(obsoleteOption, files)).toHaveLength(count);
  });
});

describe('compose/host-namespace and compose/powerful-capability', () => {
  it.each([
    [`${node}\npid: host`, [like(/^info /)]],
    [`${prom}\npid: host`, [like(/^warning /)]],
    [`${prom}\npid: "service:a"`, []],
    [`${prom}\nuserns_mode: host`, [like(/^warning /)]],
  ])('reads %s', (service, expected) => {
    expect(told(hostNamespace, compose(service))).toEqual(expected);
  });

  it.each([
    ['user: root', []],
    ['user: root\ncap_drop: [ALL]\ncap_add: [DAC_OVERRIDE]', []],
    ['user: root\ncap_drop: [ALL]', [like(/runs as 0, and a new volume at "\/prometheus" belongs to 65534/)]],
  ])('follows the rights of root: %s', (more, expected) => {
    const service = `${prom}\nvolumes: ["data:/prometheus"]\n${more}`;
    expect(told(unwritableData, compose(service, 'volumes: { data: {} }\n'))).toEqual(expected);
  });

  it.each([
    ['cap_add: [NET_BIND_SERVICE, SYSLOG]', 0],
    ['cap_add: [CAP_SYS_ADMIN]', 1],
    ['cap_add: [all]', 1],
    ['devices: ["/dev/kmsg"]', 0],
    ['devices: ["/dev/sda:/dev/sda"]', 1],
    ['security_opt: ["no-new-privileges:true"]', 0],
    ['security_opt: ["seccomp:unconfined"]', 1],
  ])('reads %s', (more, count) => {
    expect(told(powerfulCapability, compose(`${prom}\n${more}`))).toHaveLength(count);
  });
});
