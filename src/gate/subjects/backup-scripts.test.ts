import { describe, expect, it } from 'vitest';
import type { BackupScript } from '../../model/backup.ts';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { backupSubjects } from './backup.ts';
import { backupScripts } from './backup-scripts.ts';

const compose = `services:
  prometheus:
    image: prom/prometheus:v2.47.0
    volumes: ['metrics:/prometheus']
  grafana:
    image: grafana/grafana:10.2.0
    container_name: boards
    volumes: ['grafana-data:/var/lib/grafana']
volumes:
  metrics:
  grafana-data:
`;

function found(scripts: Readonly<Record<string, string>>, composeFile = 'ops/compose.yaml'): readonly BackupScript[] {
  const repository = readRepository(treeOf({ [composeFile]: compose, ...scripts }));
  return repository.stacks.flatMap((stack) => backupScripts(repository, stack));
}

const copy = (volume: string, folder = '/srv/backup'): string =>
  `#!/bin/sh\nset -eu\nBACKUP_DIR=${folder}\ndocker run --rm -v ${volume}:/data:ro -v $BACKUP_DIR:/backup alpine tar czf /backup/x.tar.gz -C /data .\n`;

describe('backupScripts', () => {
  it('finds a script below the compose file, its folder, and the volumes it names', () => {
    expect(found({ 'ops/scripts/backup.sh': copy('ops_metrics') })).toEqual([
      {
        file: 'ops/scripts/backup.sh',
        folder: '/srv/backup',
        saves: [{ service: 'prometheus', volume: 'metrics', target: '/prometheus' }],
        writes: true,
        prunes: false,
      },
    ]);
  });

  it.each([
    ['the name in the compose file', 'metrics', ['metrics']],
    ['the service', 'x prometheus', ['metrics']],
    ['the container', 'x boards', ['grafana-data']],
    ['an image is no name of a service', 'x prom/prometheus', []],
    ['a part of a word is none', 'x prometheus-2.tar', []],
    ['a comment names nothing', 'x\n# grafana', []],
    ['all there are', 'x $(docker volume ls -q)', ['metrics', 'grafana-data']],
  ])('takes as saved: %s', (_, words, volumes) => {
    const code = copy(words.startsWith('x') ? 'nothing' : words) + (words.startsWith('x') ? `echo ${words}\n` : '');
    expect(found({ 'ops/backup.sh': code })[0]?.saves.map(({ volume }) => volume)).toEqual(volumes);
  });

  it.each([
    ['BACKUP_DIR=${1:-/mnt/archives}', '/mnt/archives'],
    ['BACKUP_DIR="${BACKUP_DIR:-/mnt/archives/}"', '/mnt/archives'],
    ["readonly DEST='/mnt/archives'", '/mnt/archives'],
    ['STACK_DIR=/opt/stack\nBACKUP_DIR=/mnt/archives', '/mnt/archives'],
    ['', '/srv/there'],
  ])('tells the folder from %s', (line, folder) => {
    const code = `#!/bin/sh\n${line}\ndocker run --rm -v ops_metrics:/data -v /srv/there:/backup alpine tar czf /backup/x.tgz /data\n`;
    expect(found({ 'ops/backup.sh': code })[0]?.folder).toBe(folder);
  });

  it('tells whether the archive leaves through the script', () => {
    const through =
      '#!/bin/sh\nDIR=/srv/backup\ndocker run --rm --volume "$volume:/data:ro" x tar -czf - /data >$DIR/x.tgz\n';
    expect(found({ 'ops/backup.sh': through })[0]?.writes).toBe(false);
  });

  it('knows what prunes, and the restore beside it', () => {
    const pruning = `${copy('ops_metrics')}find "$BACKUP_DIR" -name '*.tgz' -mtime +7 -delete\n`;
    const [script] = found({ 'ops/backup-all.sh': pruning, 'ops/restore-all.sh': '#!/bin/sh\ntar -xzf "$1"\n' });
    expect(script).toMatchObject({ prunes: true, restore: { file: 'ops/restore-all.sh', takes: 'archive' } });
  });

  it.each([
    ['aws s3 cp x s3://y', /calls "aws"/],
    ['tar czf x /var/lib/docker/volumes/y', /folder of the engine itself/],
  ])('cannot run what does %s', (line, why) => {
    expect(found({ 'ops/backup.sh': `${copy('ops_metrics')}${line}\n` })[0]?.obstacle).toMatch(why);
  });

  it.each([
    ['another folder', { 'tools/backup.sh': copy('ops_metrics') }],
    ['a restore', { 'ops/restore-backup.sh': copy('ops_metrics') }],
    ['no archive', { 'ops/backup.sh': '#!/bin/sh\ndocker compose up -d\n' }],
    ['nothing of docker', { 'ops/backup.sh': '#!/bin/sh\ntar czf /srv/x.tgz .\n' }],
    ['no script', { 'ops/backup.md': copy('ops_metrics') }],
  ])('leaves out %s', (_, scripts) => {
    expect(found(scripts)).toEqual([]);
  });

  it.each([
    ['docker compose stop grafana', 'ops/compose.yaml', 1],
    ['docker compose stop grafana', 'ops/monitoring.yaml', 0],
    ['docker compose -f monitoring.yaml stop grafana', 'ops/monitoring.yaml', 1],
    ['docker compose --file=./monitoring.yaml stop grafana', 'ops/compose.yaml', 0],
  ])('takes "%s" for one about %s: %i', (line, composeFile, count) => {
    expect(found({ 'ops/backup.sh': `${copy('ops_metrics')}${line}\n` }, composeFile)).toHaveLength(count);
  });

  it('beside a compose file at the root takes the root and scripts/', () => {
    const all = { 'scripts/backup.sh': copy('metrics'), 'apps/shop/backup.sh': copy('metrics') };
    expect(found(all, 'compose.yaml').map(({ file }) => file)).toEqual(['scripts/backup.sh']);
  });
});

describe('backupSubjects', () => {
  it('claims nothing where no script saves a volume of the stack', () => {
    const repository = readRepository(
      treeOf({ 'ops/compose.yaml': compose, 'ops/backup.sh': copy('postgres'), 'ops/other.sh': '#!/bin/sh\n' }),
    );
    expect(repository.stacks.flatMap((stack) => backupSubjects(stack, repository))).toEqual([]);
  });

  it('claims refusals where there is a restore', () => {
    const repository = readRepository(
      treeOf({
        'ops/compose.yaml': compose,
        'ops/backup.sh': copy('ops_metrics'),
        'ops/restore.sh': '#!/bin/sh\nfor one in "$@"; do :; done\n',
      }),
    );
    const claims = repository.stacks.flatMap((stack) => backupSubjects(stack, repository)).map(({ claim }) => claim.id);
    expect(claims).toEqual([
      'backup: ops/backup.sh brings volume "metrics" back',
      'backup: ops/backup.sh interrupted leaves nothing that looks complete',
      'backup: ops/backup.sh says that the disk is full',
      'backup: ops/restore.sh refuses an empty archive',
      'backup: ops/restore.sh refuses a truncated archive',
      "backup: ops/restore.sh refuses another volume's archive",
      "backup: ops/restore.sh refuses another owner's archive",
    ]);
  });
});
