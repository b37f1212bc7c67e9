import { describe, expect, it } from 'vitest';
import { composeOf, told } from '../test-support.ts';
import { unkeptPositions } from './unkept-positions.ts';
import { unmountedPath } from './unmounted-path.ts';

const service = (...mounts: string[]): string =>
  `image: grafana/promtail:2.9.2
command: -config.file=/etc/promtail/promtail.yml
volumes:
${['./promtail.yml:/etc/promtail/promtail.yml', ...mounts].map((mount) => `  - ${mount}`).join('\n')}`;
const trees = (config: string, mounts: readonly string[]) => ({
  'compose.yml': composeOf({ promtail: service(...mounts) }, 'volumes:\n  logs:\n'),
  'promtail.yml': config,
});
const reading = (path: string, ...mounts: string[]): number =>
  told(
    unmountedPath,
    trees(`scrape_configs:\n  - job_name: a\n    static_configs:\n      - labels: {__path__: '${path}'}\n`, mounts),
  ).length;
const asking = (host: string, ...mounts: string[]): number =>
  told(unmountedPath, trees(`scrape_configs:\n  - job_name: a\n    docker_sd_configs: [{host: '${host}'}]\n`, mounts))
    .length;
const keeping = (path: string, ...mounts: string[]): number =>
  told(unkeptPositions, trees(`positions: {filename: ${path}}\n`, mounts)).length;

describe('promtail/unmounted-path', () => {
  it.each([
    ['a file', '/var/log/syslog', '/var/log:/var/log:ro'],
    ['a glob', '/var/log/*.log', '/var/log:/var/log:ro'],
    ['a glob over folders', '/var/**/*.log', '/var/log:/var/log:ro'],
    ['the root', '/host/var/log/*log', '/:/host:ro'],
    ['a volume', '/logs/app/*.log', 'logs:/logs'],
    ['one file', '/var/log/auth.log', '/var/log/auth.log:/var/log/auth.log:ro'],
    ['a variable', '${LOGS}/*.log', '/srv:/srv'],
  ])('is silent about %s that is mounted, or unknown', (_, path, mount) => expect(reading(path, mount)).toBe(0));

  it.each([
    ['nothing', '/var/log/*.log', []],
    ['a neighbour', '/var/log/*.log', ['/var/log2:/var/log2']],
    ['another place', '/var/lib/docker/containers/*/*-json.log', ['/var/log:/var/log']],
  ])('tells where %s is mounted', (_, path, mounts) => expect(reading(path, ...mounts)).toBe(1));

  it('asks the same of the socket of the engine', () => {
    const socket = 'unix:///var/run/docker.sock';
    expect(asking(socket)).toBe(1);
    expect(asking(socket, '/var/run/docker.sock:/var/run/docker.sock:ro')).toBe(0);
    expect(asking(socket, '/run/docker.sock:/run/docker.sock')).toBe(0);
    expect(asking('tcp://socket-proxy:2375')).toBe(0);
  });
});

describe('promtail/unkept-positions', () => {
  it('tells of a file that goes with the container', () => {
    expect(keeping('/tmp/positions.yaml')).toBe(1);
    expect(keeping('/run/positions.yaml', '/runner:/runner')).toBe(1);
  });

  it('is silent about a file on a mount', () => {
    expect(keeping('/run/promtail/positions.yaml', 'logs:/run/promtail')).toBe(0);
    expect(keeping('/tmp/positions.yaml', '/srv/promtail:/tmp')).toBe(0);
  });
});
