import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/**
 * An engine of files: `volumes/NAME` is a volume's content, `running/SERVICE` says that a service runs. A command in a
 * container is run here, on the folder of the volume. `fail` names a word; a command that has it fails.
 */
const engine = `#!/bin/sh
echo "$*" >>"$FAKE/log"
if [ -f "$FAKE/fail" ] && echo "$*" | grep -q "$(cat "$FAKE/fail")"; then echo "fake failure" >&2; exit 1; fi
for last; do :; done
case "$*" in
  'compose ps --all'*) [ ! -d "$FAKE/volumes/$last" ] || echo "$last" ;;
  'compose ps --quiet --status running'*) [ ! -f "$FAKE/running/$last" ] || echo "$last" ;;
  'compose stop'*) rm -f "$FAKE/running/$last" ;;
  'compose start'*) touch "$FAKE/running/$last" ;;
  inspect*Mounts*) echo "stack_$last" ;;
  inspect*Config.User*) cat "$FAKE/user" ;;
  inspect*) echo "image-of-$last" ;;
  run*)
    while [ "$1" != --volume ]; do shift; done
    volume=\${2%%:*} folder=$FAKE/volumes/\${volume#stack_}
    shift 3
    if [ "$1" = -C ]; then exec tar -C "$folder" -czf - .; fi
    exec sh "$1" "$(echo "$2" | sed "s#cd /data#cd $folder#")"
    ;;
  *) exit 9 ;;
esac
`;

const services = ['prometheus', 'grafana', 'alertmanager', 'loki'];
const witnesses: Readonly<Record<string, string>> = {
  prometheus: 'wal',
  grafana: 'grafana.db',
  alertmanager: 'silences',
  loki: 'chunks',
};
const plans = [
  { plan: 'example', backup: 'backup.sh', restore: 'restore.sh' },
  { plan: 'monitoring-consolidation', backup: 'backup-monitoring.sh', restore: 'restore-monitoring.sh' },
];

describe.each(plans)('the backup of the plan "$plan"', ({ plan, backup, restore }) => {
  let home = '';
  let archives = '';

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'stackproof-backup-'));
    archives = join(home, 'archives');
    mkdirSync(join(home, 'stack/scripts'), { recursive: true });
    for (const script of [backup, restore])
      cpSync(resolve(import.meta.dirname, '../../plans', plan, 'files', script), join(home, 'stack/scripts', script));
    mkdirSync(join(home, 'bin'));
    writeFileSync(join(home, 'bin/docker'), engine, { mode: 0o755 });
    mkdirSync(join(home, 'running'));
    writeFileSync(join(home, 'user'), `${process.getuid?.() ?? 0}\n`);
    for (const service of services) {
      mkdirSync(volume(service), { recursive: true });
      writeFileSync(join(volume(service), witnesses[service] ?? ''), `data of ${service}`);
      writeFileSync(join(volume(service), '.hidden'), 'kept');
      writeFileSync(join(home, 'running', service), '');
    }
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const volume = (service: string): string => join(home, 'volumes', service);
  const run = (script: string, ...args: string[]): { status: number | null; told: string } => {
    const env = { ...process.env, FAKE: home, PATH: `${join(home, 'bin')}:${process.env['PATH'] ?? ''}` };
    const { status, stdout, stderr } = spawnSync('sh', [join(home, 'stack/scripts', script), ...args], {
      env,
      encoding: 'utf8',
    });
    return { status, told: `${stdout}${stderr}` };
  };
  const save = (...chosen: string[]) => run(backup, archives, ...chosen);
  const seen = (): string[] => readdirSync(archives).filter((name) => !name.startsWith('.'));
  const archiveOf = (service: string): string =>
    join(archives, seen().find((name) => name.startsWith(service) && name.endsWith('.tar.gz')) ?? 'none');
  const runs = (): string[] => readdirSync(join(home, 'running')).sort();

  it('gives what was there back, hidden files too, and keeps every service running', () => {
    expect(save()).toMatchObject({ status: 0 });
    expect(seen()).toHaveLength(8);
    for (const service of services) {
      rmSync(volume(service), { recursive: true });
      mkdirSync(volume(service));
      writeFileSync(join(volume(service), 'newer'), 'goes');
    }
    expect(run(restore, ...services.map(archiveOf))).toMatchObject({ status: 0 });
    for (const service of services) {
      expect(readdirSync(volume(service)).sort()).toEqual(['.hidden', witnesses[service]]);
      expect(readFileSync(join(volume(service), witnesses[service] ?? ''), 'utf8')).toBe(`data of ${service}`);
    }
    expect(runs()).toEqual([...services].sort());
  });

  it.each([
    ['the copying', 'run --rm', 'prometheus'],
    ['the stopping', 'compose stop', 'prometheus'],
    ['a later service', 'volume stack_grafana', 'grafana'],
  ])('fails with %s, leaves nothing in part, and starts what it stopped', (_, word, service) => {
    writeFileSync(join(home, 'fail'), word);
    expect(save().status).not.toBe(0);
    expect(seen().filter((name) => name.includes('partial') || name.startsWith(service))).toEqual([]);
    expect(runs()).toEqual([...services].sort());
    expect(existsSync(join(archives, '.stopped'))).toBe(false);
  });

  it('refuses a volume without the witness', () => {
    rmSync(join(volume('grafana'), 'grafana.db'));
    expect(save().status).not.toBe(0);
    expect(seen().some((name) => name.startsWith('grafana'))).toBe(false);
  });

  it('leaves what stood still standing still', () => {
    rmSync(join(home, 'running/loki'));
    expect(save('loki')).toMatchObject({ status: 0 });
    expect(runs()).not.toContain('loki');
  });

  it('starts what a killed run left stopped, and removes its pieces', () => {
    mkdirSync(archives);
    writeFileSync(join(archives, '.stopped'), 'grafana\n');
    writeFileSync(join(archives, 'grafana-20260101-000000.tar.gz.partial'), 'half');
    rmSync(join(home, 'running/grafana'));
    expect(save('prometheus')).toMatchObject({ status: 0 });
    expect(runs()).toContain('grafana');
    expect(seen().filter((name) => name.startsWith('grafana'))).toEqual([]);
  });

  it('prunes old archives of what it backed up, and only after that went well', () => {
    mkdirSync(archives);
    const old = ['prometheus-1.tar.gz', 'prometheus-1.manifest', 'pre-migration-1.tar.gz', 'grafana-1.tar.gz'];
    const put = (): void => {
      for (const name of old) {
        writeFileSync(join(archives, name), 'old');
        utimesSync(join(archives, name), 0, 0);
      }
    };
    put();
    writeFileSync(join(home, 'fail'), 'run --rm');
    expect(save('prometheus').status).not.toBe(0);
    expect(seen()).toEqual([...old].sort());
    rmSync(join(home, 'fail'));
    expect(save('prometheus')).toMatchObject({ status: 0 });
    expect(seen().filter((name) => old.includes(name))).toEqual(['grafana-1.tar.gz', 'pre-migration-1.tar.gz']);
  });

  it('does not run beside another', () => {
    mkdirSync(archives);
    const script = join(home, 'stack/scripts', backup);
    const held = `exec 8>"$1/.lock"; flock -n 8; exec sh "$2" "$1"`;
    const env = { ...process.env, FAKE: home, PATH: `${join(home, 'bin')}:${process.env['PATH'] ?? ''}` };
    const { status, stderr } = spawnSync('sh', ['-c', held, 'sh', archives, script], { env, encoding: 'utf8' });
    expect(stderr).toContain('another backup or restore is at work');
    expect(status).not.toBe(0);
  });

  describe('is refused by the restore', () => {
    const spoil: Readonly<Record<string, [(archive: string, manifest: string) => void, RegExp]>> = {
      'where it is empty': [(archive) => writeFileSync(archive, ''), /is empty/],
      'where it is cut off': [
        (archive) => writeFileSync(archive, readFileSync(archive).subarray(0, 90)),
        /bytes long: it is cut off or changed/,
      ],
      'where a byte of it is another': [
        (archive) => {
          const bytes = readFileSync(archive);
          bytes[40] = (bytes[40] ?? 0) ^ 1;
          writeFileSync(archive, bytes);
        },
        /its checksum is another/,
      ],
      'without its manifest': [(_, manifest) => rmSync(manifest), /no manifest beside it/],
      'where it is not there': [(archive) => rmSync(archive), /is not there/],
      'under the name of another service': [
        (archive, manifest) => {
          const other = archiveOf('prometheus');
          renameSync(other, archive);
          renameSync(other.replace('.tar.gz', '.manifest'), manifest);
        },
        /is by its manifest an archive of prometheus/,
      ],
      'of another volume': [
        (_, manifest) =>
          writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('stack_grafana', 'other_grafana')),
        /is of the volume other_grafana, and grafana has stack_grafana/,
      ],
      'with files of an owner that the service is not': [
        () => writeFileSync(join(home, 'user'), '4242:0\n'),
        /holds files of \d+\/\d+, and grafana runs as 4242:0/,
      ],
      'with another owner than was written down': [
        (_, manifest) => writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/owner=.*/, 'owner=4242/4242')),
        /holds files of \d+\/\d+, not of 4242\/4242/,
      ],
    };

    it.each(Object.entries(spoil))('%s', (_, [change, words]) => {
      save('prometheus', 'grafana');
      const archive = archiveOf('grafana');
      change(archive, archive.replace('.tar.gz', '.manifest'));
      writeFileSync(join(volume('grafana'), 'newer'), 'stays');
      writeFileSync(join(home, 'log'), '');
      const { status, told } = run(restore, archive);
      expect(told).toMatch(words);
      expect(status).toBe(1);
      expect(existsSync(join(volume('grafana'), 'newer'))).toBe(true);
      expect(readFileSync(join(home, 'log'), 'utf8')).not.toMatch(/compose stop|^run/m);
    });
  });

  it('looks at all archives before it touches a service', () => {
    save();
    writeFileSync(archiveOf('loki'), '');
    writeFileSync(join(home, 'log'), '');
    expect(run(restore, archiveOf('grafana'), archiveOf('loki'))).toMatchObject({ status: 1 });
    expect(readFileSync(join(home, 'log'), 'utf8')).not.toMatch(/compose stop|^run/m);
  });

  it.each([
    ['while the old content was put aside', ['.restore-new/half', '.restore-moving/grafana.db'], ['.hidden']],
    ['while the new content took its place', ['.restore-old/grafana.db', '.restore-old/.hidden', 'half'], []],
    ['when all was done but the tidying', ['.restore-done/older', '.restore-new/x', 'grafana.db', '.hidden'], []],
  ])('restores where another restore was killed %s', (_, left, more) => {
    save('grafana');
    rmSync(volume('grafana'), { recursive: true });
    for (const path of [...left, ...more]) {
      mkdirSync(join(volume('grafana'), path, '..'), { recursive: true });
      writeFileSync(join(volume('grafana'), path), 'old');
    }
    expect(run(restore, archiveOf('grafana'))).toMatchObject({ status: 0 });
    expect(readdirSync(volume('grafana')).sort()).toEqual(['.hidden', 'grafana.db']);
    expect(readFileSync(join(volume('grafana'), 'grafana.db'), 'utf8')).toBe('data of grafana');
  });

  it('puts the old content back where the new cannot be unpacked', () => {
    save('grafana');
    writeFileSync(join(home, 'bin/chown'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    writeFileSync(join(volume('grafana'), 'newer'), 'stays');
    expect(run(restore, archiveOf('grafana')).status).not.toBe(0);
    expect(readdirSync(volume('grafana')).sort()).toEqual(['.hidden', 'grafana.db', 'newer']);
    expect(runs()).toContain('grafana');
  });
});
