import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { inTheirNames, type World } from './world.ts';

const id = 'abcdef0123456789'.repeat(4);
const world: World = {
  project: { theirs: ['stack'], lab: 'stackproof-1' },
  services: ['prometheus', 'grafana'],
  containers: [
    { theirs: ['prom'], lab: 'stackproof-1-prometheus-1' },
    { theirs: ['stack-grafana-1'], lab: 'stackproof-1-grafana-1' },
  ],
  ids: [id],
  volumes: [{ theirs: ['stack_prometheus-data'], lab: 'stackproof-1_prometheus-data' }],
  images: { 'prom/prometheus:v2.47.0': 'substitute:1', 'sha256:aa': 'sha256:aa' },
  toolImage: 'tools',
  composeFile: '/lab/compose.yaml',
  seenComposeFile: '/repository/ops/stack/docker-compose.yml',
  folders: [{ seen: '/srv/backup', engine: '/tmp/archives' }],
  labels: { 'stackproof.lab': 'stackproof-1' },
};
const cwd = '/repository/ops/stack';
const compose = ['compose', '--file', '/lab/compose.yaml', '--project-name', 'stackproof-1'];
const of = (command: string, folder = cwd) => judge(world, command.split(' '), folder);

describe('judge', () => {
  it.each([
    ['stop prom', ['stop', 'stackproof-1-prometheus-1']],
    ['container stop -t 30 prom', ['stop', '-t', '30', 'stackproof-1-prometheus-1']],
    [`start ${id}`, ['start', id]],
    [`start ${id.slice(0, 12)}`, ['start', id.slice(0, 12)]],
    ['exec -i prom tar -c /data', ['exec', '-i', 'stackproof-1-prometheus-1', 'tar', '-c', '/data']],
    ['inspect --format {{.Image}} prom', ['inspect', '--format', '{{.Image}}', 'stackproof-1-prometheus-1']],
    ['volume inspect stack_prometheus-data', ['volume', 'inspect', 'stackproof-1_prometheus-data']],
    [
      'ps -q --filter name=^prom$',
      ['ps', '-q', '--filter', 'name=^/?stackproof-1-prometheus-1$', '--filter', `id=${id}`],
    ],
    ['cp prom:/data -', ['cp', 'stackproof-1-prometheus-1:/data', '-']],
    ['cp prom:/data /srv/backup/x', ['cp', 'stackproof-1-prometheus-1:/data', '/tmp/archives/x']],
    ['compose stop', [...compose, 'stop', 'prometheus', 'grafana']],
    ['compose stop grafana', [...compose, 'stop', 'grafana']],
    ['compose -f docker-compose.yml -p stack ps -q', [...compose, 'ps', '-q', 'prometheus', 'grafana']],
    ['compose down', [...compose, 'rm', '--stop', '--force', 'prometheus', 'grafana']],
    ['compose up -d grafana', [...compose, 'up', '--pull', 'never', '--no-recreate', '-d', 'grafana']],
  ])('runs "%s" on the lab', (command, run) => {
    expect(of(command)).toMatchObject({ run });
  });

  it('runs a container on a volume of the stack and the folder of archives, without a network', () => {
    expect(
      of(
        'run --rm --network host -v stack_prometheus-data:/data:ro -v /srv/backup:/backup alpine tar cf /backup/x /data',
      ),
    ).toEqual({
      run: [
        ...['run', '--rm', '--volume', 'stackproof-1_prometheus-data:/data:ro', '--volume', '/tmp/archives:/backup'],
        ...['--label', 'stackproof.lab=stackproof-1', '--network', 'none', '--pull', 'never', 'tools'],
        ...['tar', 'cf', '/backup/x', '/data'],
      ],
      copies: true,
      writes: true,
      note: 'image "alpine" is played by "tools"',
    });
  });

  it('makes an empty volume where the script names one that nobody has, as the engine does', () => {
    expect(of('run --rm -v prometheus-data:/data prom/prometheus:v2.47.0 ls')).toMatchObject({
      makes: ['stackproof-1_stray-prometheus-data'],
      run: expect.arrayContaining(['stackproof-1_stray-prometheus-data:/data', 'substitute:1']),
    });
  });

  it.each([
    'stop postgres',
    'stop 0123456789ab',
    'inspect postgres',
    'exec postgres psql',
    'exec --privileged prom sh',
    'rm -f prom',
    'volume rm stack_prometheus-data',
    'volume prune -f',
    'system prune -af',
    'pull alpine',
    'login',
    'cp prom:/data /etc/x',
    'cp prom:/data /srv/backup/../../etc/x',
    'run --privileged -v stack_prometheus-data:/d alpine sh',
    'run --rm -v /:/host alpine sh',
    'run --rm -v /var/run/docker.sock:/s alpine sh',
    'run --rm --mount type=bind,src=/etc,dst=/e alpine sh',
    'run --rm --pid host alpine sh',
    'run -d alpine sh',
    'run --rm --volumes-from postgres alpine sh',
    'run --rm -v stack_prometheus-data:/d evil/image sh',
    'compose down -v',
    'compose rm -v',
    'compose run prometheus sh',
    'compose build',
    'compose -p other ps',
    'compose -f other.yml ps',
  ])('refuses "%s"', (command) => {
    expect(of(command)).toHaveProperty('refused');
  });

  it('finds the compose file as compose does', () => {
    expect(of('compose ps', '/repository/ops/stack/scripts')).toHaveProperty('run');
    expect(of('compose ps', '/repository')).toEqual({
      refused: 'no configuration file provided: not found',
      truly: true,
    });
    expect(of('compose -f ops/stack/docker-compose.yml ps', '/repository')).toHaveProperty('run');
  });

  it('shows the names of the user', () => {
    expect(inTheirNames(world, 'stackproof-1-prometheus-1 stackproof-1_prometheus-data stackproof-1')).toBe(
      'prom stack_prometheus-data stack',
    );
  });
});
