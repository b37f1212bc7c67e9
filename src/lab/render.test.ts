import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { treeOf } from '../model/tree.ts';
import { readRepository } from '../read/repository.ts';
import { type RenderedStack, type RenderOptions, renderStack } from './render.ts';

const base: RenderOptions = {
  project: 'lab-1',
  images: {},
  helperImage: 'node:24',
  labels: { 'stackproof.lab': 'lab-1' },
};

function render(
  compose: string,
  files: Record<string, string> = {},
  options: Partial<RenderOptions> = {},
): RenderedStack & { service: (name: string) => Record<string, unknown>; why: (what: string) => string | undefined } {
  const tree = treeOf({ 'mon/compose.yml': compose, ...files });
  const [stack] = readRepository(tree).stacks;
  if (stack === undefined) throw new Error('no stack in the test tree');
  const rendered = renderStack(tree, stack, { ...base, ...options });
  const services: Record<string, Record<string, unknown>> = Object.assign({}, rendered.compose['services']);
  return {
    ...rendered,
    service: (name) => services[name] ?? {},
    why: (what) => rendered.differences.find((one) => one.what === what)?.why,
  };
}

const text = (rendered: RenderedStack, path: string): string =>
  Buffer.from(rendered.files.get(path)?.bytes ?? []).toString();

describe('a service', () => {
  test('keeps what makes it what it is', () => {
    const kept = {
      image: 'prom/prometheus:v2.47.0',
      user: '65534:65534',
      read_only: true,
      security_opt: ['no-new-privileges:true'],
      cap_drop: ['ALL'],
      restart: 'unless-stopped',
      command: ['--config.file=/x', '--a=($|/)'],
      entrypoint: ['/bin/prometheus'],
      mem_limit: '1g',
      pid: 'host',
      devices: ['/dev/kmsg'],
      ulimits: { nofile: 1024 },
      logging: { driver: 'json-file', options: { 'max-size': '1m' } },
      healthcheck: { test: ['CMD', 'true'], interval: '1s' },
      deploy: { resources: { limits: { cpus: '0.5', memory: '1G' } } },
    };
    const rendered = render(
      JSON.stringify({ services: { prometheus: { ...kept, command: ['--config.file=/x', '--a=($$|/)'] } } }),
    );
    expect(rendered.service('prometheus')).toMatchObject(kept);
  });

  test('is written so that compose expands nothing a second time', () => {
    const rendered = render('services: { node: { image: "prom/node-exporter:v1", command: ["--x=^/(a)($$|/)"] } }');
    expect(text(rendered, rendered.composeFile)).toContain('--x=^/(a)($$|/)');
    expect(rendered.service('node')['command']).toEqual(['--x=^/(a)($|/)']);
  });

  test.each([
    ['ports', '["9090:9090"]'],
    ['container_name', 'metrics'],
    ['privileged', 'true'],
    ['profiles', '[monitoring]'],
    ['extra_hosts', '["host.docker.internal:host-gateway"]'],
    ['mac_address', '"02:42:ac:11:00:02"'],
  ])('loses "%s", and says why', (key, value) => {
    const rendered = render(`services: { p: { image: "prom/prometheus:v2", ${key}: ${value} } }`);
    expect(rendered.service('p')).not.toHaveProperty(key);
    expect(rendered.why(`services.p.${key}`)).toBeTruthy();
  });

  test('answers to its container name in the lab, and joins no network of the user', () => {
    const rendered = render(
      'services: { p: { image: "prom/prometheus:v2", container_name: metrics, networks: { shared: { ipv4_address: 10.1.1.2 } } } }\n' +
        'networks: { shared: { external: true, name: prod_shared } }',
    );
    expect(rendered.service('p')['networks']).toEqual({ shared: { aliases: ['metrics'] } });
    expect(rendered.compose['networks']).toMatchObject({
      shared: { driver: 'bridge', internal: true, labels: base.labels },
    });
    expect(text(rendered, rendered.composeFile)).not.toContain('prod_shared');
    expect(rendered.why('networks.shared')).toBeTruthy();
    expect(rendered.why('services.p.networks.shared.ipv4_address')).toBeTruthy();
  });

  test('on the host network moves to a network of the lab', () => {
    const rendered = render('services: { n: { image: "prom/node-exporter:v1", network_mode: host } }');
    expect(rendered.service('n')).toMatchObject({
      networks: { default: {} },
      dns: ['127.0.0.1'],
      dns_opt: ['timeout:1'],
    });
    expect(rendered.service('n')).not.toHaveProperty('network_mode');
  });

  test('gets the image that could be had', () => {
    const rendered = render(
      'services: { p: { image: "prom/prometheus:v2" } }',
      {},
      { images: { p: 'made/prometheus:1' } },
    );
    expect(rendered.service('p')).toMatchObject({ image: 'made/prometheus:1', pull_policy: 'never' });
    expect(rendered.why('services.p.image')).toBeTruthy();
  });

  test('of no known product is left out, and nothing depends on it', () => {
    const compose =
      'services: { p: { image: "prom/prometheus:v2", depends_on: { app: { condition: service_started }, l: { condition: service_started } } },' +
      ' l: { image: "grafana/loki:2.9.2" }, app: { build: . }, db: { image: "postgres:15" } }';
    const rendered = render(compose);
    expect(Object.keys(Object.assign({}, rendered.compose['services']))).toEqual(['p', 'l', 'stackproof-helper']);
    expect(rendered.service('p')['depends_on']).toEqual({ l: { condition: 'service_started' } });
    expect(rendered.leftOut.map((one) => one.service)).toEqual(['app', 'db']);
    const present = render(compose, {}, { images: { db: 'postgres:15' } });
    expect(present.service('db')['image']).toBe('postgres:15');
  });

  test('loses what only a swarm reads, and a limit above what the host has', () => {
    const rendered = render(
      'services: { n: { image: "prom/node-exporter:v1", deploy: { mode: global, placement: { constraints: [x] }, resources: { limits: { cpus: "8", memory: 1G } } } } }',
      {},
      { cpus: 2 },
    );
    expect(rendered.service('n')['deploy']).toEqual({ resources: { limits: { cpus: '2', memory: '1G' } } });
    expect(rendered.why('services.n.deploy.placement')).toBeTruthy();
    expect(rendered.why('services.n.deploy.resources.limits.cpus')).toBeTruthy();
  });

  test('loses a limit above what the host has also where it is written the older way', () => {
    const rendered = render('services: { n: { image: "prom/node-exporter:v1", cpus: 8 } }', {}, { cpus: 2 });
    expect(rendered.service('n')['cpus']).toBe(2);
    expect(rendered.why('services.n.cpus')).toBeTruthy();
  });

  test('joins no container of the user', () => {
    const rendered = render(
      'services: { n: { image: "prom/node-exporter:v1", pid: "container:web", ipc: "container:web", network_mode: "container:web" } }',
    );
    const { pid, ipc, network_mode } = rendered.service('n');
    expect([pid, ipc, network_mode]).toEqual([undefined, undefined, undefined]);
    expect(rendered.why('services.n.pid')).toBeTruthy();
    expect(render('services: { n: { image: "prom/node-exporter:v1", pid: host } }').service('n')['pid']).toBe('host');
  });

  test('is given no device that the host does not have', () => {
    const rendered = render(
      'services: { c: { image: "gcr.io/cadvisor/cadvisor:v1", devices: ["/dev/kmsg:/dev/kmsg:r", /dev/dri] } }',
    );
    expect(rendered.service('c')['devices']).toEqual(['/dev/kmsg:/dev/kmsg:r']);
    expect(rendered.why('services.c.devices')).toBeTruthy();
  });

  test('sends its log lines nowhere', () => {
    const rendered = render(
      'services: { l: { image: "grafana/loki:2.9.2", logging: { driver: gelf, options: { gelf-address: "udp://10.0.0.9:1" } } } }',
    );
    expect(rendered.service('l')['logging']).toEqual({ driver: 'json-file' });
  });
});

describe('mounts', () => {
  test('of repository files are copies, read-only, each one listed', () => {
    const rendered = render(
      'services: { g: { image: "grafana/grafana:10.2.0", volumes: ["./dash:/var/lib/grafana/dashboards", "./g.ini:/etc/grafana/grafana.ini:ro"] } }',
      { 'mon/dash/a.json': '{}', 'mon/dash/b/c.json': '{}', 'mon/g.ini': '' },
    );
    const bind = { create_host_path: false };
    expect(rendered.service('g')['volumes']).toEqual([
      { type: 'bind', source: './files/mon/dash', target: '/var/lib/grafana/dashboards', read_only: true, bind },
      { type: 'bind', source: './files/mon/g.ini', target: '/etc/grafana/grafana.ini', read_only: true, bind },
    ]);
    expect(rendered.mounted.map((one) => [one.target, one.file, one.repoPath])).toEqual([
      ['/var/lib/grafana/dashboards/a.json', 'files/mon/dash/a.json', 'mon/dash/a.json'],
      ['/var/lib/grafana/dashboards/b/c.json', 'files/mon/dash/b/c.json', 'mon/dash/b/c.json'],
      ['/etc/grafana/grafana.ini', 'files/mon/g.ini', 'mon/g.ini'],
    ]);
    expect(rendered.why('services.g.volumes /var/lib/grafana/dashboards')).toContain('read-only');
  });

  test('inside a folder that was writable find their place', () => {
    const rendered = render(
      'services: { g: { image: "grafana/grafana:10.2.0", volumes: ["./prov:/etc/grafana/provisioning", "./dash:/etc/grafana/provisioning/dashboards", "./x.yml:/etc/grafana/provisioning/datasources/x.yml"] } }',
      { 'mon/prov/alerting/a.yaml': '', 'mon/dash/a.json': '{}', 'mon/x.yml': '' },
    );
    expect([...rendered.files.keys()]).toEqual(
      expect.arrayContaining(['files/mon/prov/dashboards/.mount-point', 'files/mon/prov/datasources/x.yml']),
    );
    expect(rendered.mounted.map((one) => one.file)).not.toContain('files/mon/prov/dashboards/.mount-point');
  });

  test('of an inline config are looked at before anything boots', () => {
    const rendered = render(
      'services: { p: { image: "prom/prometheus:v2", configs: [{ source: c, target: /etc/prometheus/prometheus.yml }] } }\n' +
        'configs: { c: { content: "remote_write: [{ url: http://10.0.0.1/push }]" } }',
    );
    expect(rendered.leftOutside).toEqual(['secrets/config-c remote_write[0].url http://10.0.0.1/push']);
  });

  test('of a source that is not there are missing, not an empty folder', () => {
    const rendered = render(
      'services: { l: { image: "grafana/loki:2.9.2", volumes: ["./loki.yml:/etc/loki/config.yml:ro", "/home/me/x.yml:/etc/x.yml:ro"] } }',
    );
    expect(rendered.service('l')).not.toHaveProperty('volumes');
    expect(rendered.missing.map((one) => [one.source, one.repoPath])).toEqual([
      ['./loki.yml', 'mon/loki.yml'],
      ['/home/me/x.yml', undefined],
    ]);
  });

  test('of the host are read-only and few; a folder the service writes to is a volume of the lab', () => {
    const rendered = render(
      'services: { n: { image: "prom/node-exporter:v1", volumes: ["/:/host:rslave", "/mnt/backup:/backup", "./data:/data", "/var/log/nope:/l:ro"] } }',
      {},
      { hostHas: (path) => path === '/' },
    );
    expect(rendered.service('n')['volumes']).toEqual([
      { type: 'bind', source: '/', target: '/host', read_only: true, bind: { create_host_path: false } },
      { type: 'volume', source: 'bind-mnt-backup', target: '/backup' },
      { type: 'volume', source: 'bind-data', target: '/data' },
      { type: 'volume', source: 'bind-var-log-nope', target: '/l', read_only: true },
    ]);
    expect(Object.keys(Object.assign({}, rendered.compose['volumes']))).toEqual([
      'bind-data',
      'bind-mnt-backup',
      'bind-var-log-nope',
    ]);
  });

  test('of named volumes are plain volumes of the project', () => {
    const rendered = render(
      'services: { p: { image: "prom/prometheus:v2", volumes: ["data:/prometheus"] } }\n' +
        'volumes: { data: { name: prod-data, driver_opts: { type: none, o: bind, device: /mnt/prod } }, idle: { external: true } }',
    );
    expect(rendered.compose['volumes']).toEqual({ data: { labels: base.labels } });
    expect(rendered.why('volumes.data.driver_opts')).toBeTruthy();
    expect(rendered.why('volumes.data.name')).toBeTruthy();
  });

  test('of secrets that git does not hold carry a value of the run', () => {
    const compose =
      'services: { a: { image: "prom/alertmanager:v0.26.0", secrets: [smtp, known] } }\n' +
      'secrets: { smtp: { file: ./secrets/smtp }, known: { file: ./known.txt } }';
    const rendered = render(compose, { 'mon/known.txt': 'committed' });
    const other = render(compose, { 'mon/known.txt': 'committed' }, { project: 'lab-2' });
    expect(rendered.mounted.map((one) => [one.target, one.file])).toEqual([
      ['/run/secrets/smtp', 'secrets/secret-smtp'],
      ['/run/secrets/known', 'files/mon/known.txt'],
    ]);
    expect(text(rendered, 'secrets/secret-smtp')).toMatch(/^made-up-[0-9a-f]{24}$/);
    expect(text(other, 'secrets/secret-smtp')).not.toBe(text(rendered, 'secrets/secret-smtp'));
    expect(rendered.why('secrets.smtp')).toContain('made-up');
  });
});

describe('the helper', () => {
  test('belongs to every network of the lab and to one that reaches 127.0.0.1 alone', () => {
    const rendered = render(
      'services: { p: { image: "prom/prometheus:v2", networks: [a, b], volumes: ["./p.yml:/etc/prometheus/prometheus.yml"] } }\nnetworks: { a: {}, b: {} }',
      { 'mon/p.yml': 'scrape_configs: [{ job_name: x, static_configs: [{ targets: ["10.0.0.5:80"] }] }]' },
    );
    const aliases = ['outside-10-0-0-5'];
    expect(rendered.service('stackproof-helper')).toMatchObject({
      networks: { a: { aliases }, b: { aliases }, 'stackproof-edge': {} },
      ports: ['127.0.0.1::8080'],
      read_only: true,
      user: '65534:65534',
      security_opt: ['no-new-privileges:true'],
    });
    expect(rendered.compose).not.toHaveProperty(['networks', 'stackproof-edge', 'internal']);
    expect(JSON.parse(text(rendered, 'helper/stand-ins.json'))).toEqual(rendered.relays);
    expect(rendered.relays).toMatchObject({
      reachable: ['outside-10-0-0-5', 'p', 'stackproof-helper'],
      httpPorts: [10_080],
    });
  });

  test('is in a file that compose can read', () => {
    const rendered = render('services: { p: { image: "prom/prometheus:v2" } }');
    expect(parse(text(rendered, rendered.composeFile))).toMatchObject({ name: 'lab-1', services: { p: {} } });
  });
});
