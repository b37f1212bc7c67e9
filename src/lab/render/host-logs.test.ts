import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { type RenderedStack, renderStack } from '../render.ts';

const logWriter = { id: 'abc', folder: '/root-of-engine/containers/abc' };

function render(volumes: readonly string[], config = 'scrape_configs: []\n', image = 'grafana/promtail:2.9.2') {
  const mounts = JSON.stringify([...volumes, './t.yml:/etc/promtail/config.yml:ro']);
  const tree = treeOf({
    'compose.yml': `services:\n  t: { image: "${image}", volumes: ${mounts} }\n  g: { image: "grafana/grafana:10.2.0" }\nvolumes: { app: }\n`,
    't.yml': config,
  });
  const [stack] = readRepository(tree).stacks;
  if (stack === undefined) throw new Error('no stack in the test tree');
  return renderStack(tree, stack, {
    project: 'lab',
    images: { t: image },
    helperImage: 'node',
    labels: { 'stackproof.lab': 'lab' },
    logWriter,
    hostHas: () => true,
  });
}

function mountsOf({ compose }: RenderedStack, service = 't'): unknown[] {
  const services: Record<string, { volumes?: unknown[] }> = Object.assign({}, compose['services']);
  return (services[service]?.volumes ?? []).filter((mount) => !JSON.stringify(mount).includes('t.yml'));
}

const writersLog = (folder: string): unknown => ({
  type: 'bind',
  source: '/root-of-engine/containers/abc',
  target: `${folder}/abc`,
  read_only: true,
  bind: { create_host_path: false },
});

describe('what Promtail mounts of the host', () => {
  test.each([
    '/var/lib/docker/containers',
    '/var/lib/docker/containers/',
    '/data/docker/containers',
    '/home/u/.local/share/docker/containers',
    '/var/lib/docker/100000.100000/containers',
  ])('shows of %s the log of one container alone', (source) => {
    const rendered = render([`${source}:/logs/c:ro`]);
    expect(mountsOf(rendered)).toEqual([writersLog('/logs/c')]);
    expect(rendered.logFolders).toEqual([{ service: 't', target: '/logs/c', via: 'engine', at: 'abc' }]);
    expect(rendered.differences).toContainEqual(
      expect.objectContaining({ what: 'services.t.volumes /logs/c', to: 'the log of one container of the lab' }),
    );
  });

  test.each([
    ['/', '/h/var/lib/docker/containers', 'bind-root'],
    ['/var/lib/docker', '/h/containers', 'bind-var-lib-docker'],
  ])('is of %s a volume of the lab with that log in it', (source, folder, volume) => {
    const rendered = render([`${source}:/h:ro`]);
    expect(mountsOf(rendered)).toEqual([
      { type: 'volume', source: volume, target: '/h', read_only: false },
      writersLog(folder),
    ]);
  });

  test('is an empty volume in place of other logs, into which the helper can write', () => {
    const jobs = 'scrape_configs: [{ job_name: a, static_configs: [{ labels: { __path__: "/app/*.log" } }] }]\n';
    const rendered = render(['/var/log:/var/log:ro', '/opt/app/logs:/app:ro', '/opt/other:/other:ro'], jobs);
    expect(mountsOf(rendered)).toEqual([
      { type: 'volume', source: 'bind-var-log', target: '/var/log', read_only: true },
      { type: 'volume', source: 'bind-opt-app-logs', target: '/app', read_only: true },
    ]);
    expect(mountsOf(rendered, 'stackproof-helper')).toContainEqual({
      type: 'volume',
      source: 'bind-opt-app-logs',
      target: '/logs/bind-opt-app-logs',
      volume: { nocopy: true },
    });
    expect(rendered.missing).toMatchObject([{ target: '/other' }]);
  });

  test('is an empty file in place of a single log', () => {
    const rendered = render(['/var/log/syslog:/var/log/syslog:ro']);
    expect(mountsOf(rendered)).toMatchObject([{ type: 'bind', source: './host-logs/t-var-log-syslog' }]);
    expect(rendered.files.has('host-logs/t-var-log-syslog')).toBe(true);
    expect(rendered.logFolders).toMatchObject([{ via: 'file', target: '/var/log/syslog' }]);
  });

  test('stays where it is no log', () => {
    const kept = ['/etc/machine-id:/etc/machine-id:ro', '/var/run/docker.sock:/var/run/docker.sock:ro', '/sys:/sys:ro'];
    expect(mountsOf(render(kept))).toMatchObject([
      { type: 'bind', source: '/etc/machine-id' },
      { type: 'bind', source: '/var/run/docker.sock' },
      { type: 'bind', source: '/sys' },
    ]);
  });

  test('is a volume of the stack where other services log into one', () => {
    const jobs = 'scrape_configs: [{ job_name: a, static_configs: [{ labels: { __path__: "/app/x.log" } }] }]\n';
    expect(render(['app:/app:ro'], jobs).logFolders).toEqual([
      { service: 't', target: '/app', via: 'helper', at: '/logs/app' },
    ]);
    expect(render(['app:/positions'], jobs).logFolders).toEqual([]);
  });
});

test('the exporters see the host as it is', () => {
  const rendered = render(
    ['/:/rootfs:ro', '/var/lib/docker:/var/lib/docker:ro'],
    '',
    'gcr.io/cadvisor/cadvisor:v0.47.2',
  );
  expect(mountsOf(rendered)).toMatchObject([{ source: '/' }, { source: '/var/lib/docker' }]);
});

test('an unknown program gets neither the lines of the host nor its engine', () => {
  const rendered = render(['/var/log:/l:ro', '/var/run/docker.sock:/var/run/docker.sock'], '', 'fluent/fluent-bit');
  expect(mountsOf(rendered)).toEqual([{ type: 'volume', source: 'bind-var-log', target: '/l', read_only: true }]);
});

test('Promtail discovers the containers of the lab alone, and sees new files soon', () => {
  const config = `scrape_configs:
  - job_name: a
    static_configs: [{ labels: { __path__: /var/log/x.log } }]
  - job_name: b
    docker_sd_configs: [{ host: "unix:///var/run/docker.sock", filters: [{ name: name, values: [app] }] }]
`;
  const { files } = render([], config);
  const text = Buffer.from(files.get('files/t.yml')?.bytes ?? []).toString();
  expect(parse(text)).toMatchObject({
    target_config: { sync_period: '1s' },
    scrape_configs: [
      {},
      {
        docker_sd_configs: [
          {
            filters: [
              { name: 'name', values: ['app'] },
              { name: 'label', values: ['stackproof.lab=lab'] },
            ],
            refresh_interval: '5s',
          },
        ],
      },
    ],
  });
});
