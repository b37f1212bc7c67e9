import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = resolve(import.meta.dirname, '../../plans/monitoring-consolidation/files/carry-over-volumes.sh');

/**
 * An engine of files: `containers/NAME` holds the project of a container, `running/NAME` says that it runs, and
 * `volumes/NAME` is a volume's content. A command in a container is run here. `fail` names a word; a command that has it
 * fails.
 */
const engine = `#!/bin/sh
echo "$*" >>"$FAKE/log"
if [ -f "$FAKE/fail" ] && echo "$*" | grep -q "$(cat "$FAKE/fail")"; then echo "fake failure" >&2; exit 1; fi
for last; do :; done
cd "$FAKE"
case "$*" in
  'compose config') echo 'name: monitoring' ;;
  'compose up --no-start')
    for name in prometheus grafana; do
      [ ! -f containers/$name ] || exit 1
      echo monitoring >containers/$name
      mkdir -p volumes/monitoring_$name-data
    done
    ;;
  'compose rm --force --stop') for one in $(grep -l '^monitoring$' containers/*); do rm "$one"; done ;;
  ps*) name=\${last#name=^/} name=\${name%$}; [ ! -f "containers/$name" ] || echo "$name" ;;
  inspect*Labels*) cat "containers/$last" ;;
  inspect*Mounts*) volume=$(cat "containers/$last")_\${last%-before}-data; [ ! -d "volumes/$volume" ] || echo "$volume" ;;
  inspect*) echo image ;;
  'volume inspect'*) [ -d "volumes/$last" ] ;;
  'volume rm'*) rm -r "volumes/$last" ;;
  stop*) rm -f "running/$last" ;;
  start*) touch "running/$last" ;;
  rename*) mv "containers/$2" "containers/$3" ;;
  run*)
    while [ "$1" != --volume ]; do shift; done
    from=volumes/\${2%%:*} to=volumes/\${4%%:*}
    mkdir -p "$to"
    exec sh -euc "$(echo "$last" | sed "s#/from#$from#g; s#/to#$to#g")"
    ;;
  *) exit 9 ;;
esac
`;

describe('the carrying over of volumes', () => {
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'stackproof-carry-'));
    for (const folder of ['bin', 'stack/scripts', 'containers', 'running', 'volumes'])
      mkdirSync(join(home, folder), { recursive: true });
    copyFileSync(script, join(home, 'stack/scripts/carry.sh'));
    writeFileSync(join(home, 'bin/docker'), engine, { mode: 0o755 });
  });
  afterEach(() => rmSync(home, { recursive: true }));

  function container(name: string, project: string): void {
    writeFileSync(join(home, 'containers', name), `${project}\n`);
    writeFileSync(join(home, 'running', name), '');
    fill(`${project}_${name}-data`, `data of ${project}`);
  }
  function fill(volume: string, text: string): void {
    mkdirSync(join(home, 'volumes', volume, 'deep'), { recursive: true });
    writeFileSync(join(home, 'volumes', volume, 'deep/file'), text);
  }
  const run = (): { code: number | null; text: string } => {
    const env = { PATH: `${join(home, 'bin')}:${process.env['PATH']}`, FAKE: home };
    const done = spawnSync(join(home, 'stack/scripts/carry.sh'), { env, encoding: 'utf8' });
    return { code: done.status, text: `${done.stdout}${done.stderr}` };
  };
  const dataOf = (volume: string): string => readFileSync(join(home, 'volumes', volume, 'deep/file'), 'utf8');
  const running = (): string[] => readdirSync(join(home, 'running'));
  const calls = (): string => readFileSync(join(home, 'log'), 'utf8');

  it('copies what the containers of another project have, removes nothing of it, and does nothing a second time', () => {
    container('prometheus', 'auto-scaling');
    container('grafana', 'auto-scaling');
    const { code, text } = run();
    expect({ code, text }).toMatchObject({
      code: 0,
      text: expect.stringContaining('prometheus-before grafana-before'),
    });
    for (const name of ['prometheus', 'grafana']) {
      expect(dataOf(`monitoring_${name}-data`)).toBe('data of auto-scaling');
      expect(dataOf(`auto-scaling_${name}-data`)).toBe('data of auto-scaling');
    }
    expect(running()).toEqual([]);
    expect(readdirSync(join(home, 'containers'))).toEqual([
      'grafana',
      'grafana-before',
      'prometheus',
      'prometheus-before',
    ]);
    rmSync(join(home, 'log'));
    expect(run()).toMatchObject({ code: 0, text: expect.stringContaining('no container of this stack belongs') });
    expect(calls()).not.toMatch(/^(stop|rename|run|compose up)/m);
  });

  it('does nothing where the containers are its own', () => {
    container('prometheus', 'monitoring');
    expect(run()).toMatchObject({ code: 0, text: expect.stringContaining('no container of this stack belongs') });
    expect(running()).toEqual(['prometheus']);
    expect(calls()).not.toMatch(/^(stop|rename|run|compose up)/m);
  });

  it('touches nothing where both volumes hold data', () => {
    container('grafana', 'auto-scaling');
    fill('monitoring_grafana-data', 'mine');
    expect(run()).toMatchObject({
      code: 1,
      text: expect.stringContaining('both hold data of grafana; nothing was changed'),
    });
    expect(running()).toEqual(['grafana']);
    expect(dataOf('monitoring_grafana-data')).toBe('mine');
  });

  it.for(['compose up', 'cp -a', 'stop grafana', 'rename grafana'])(
    'lets the old containers run again where "%s" fails',
    (word, { expect }) => {
      container('prometheus', 'auto-scaling');
      container('grafana', 'auto-scaling');
      writeFileSync(join(home, 'fail'), word);
      const { code, text } = run();
      expect(code).toBe(1);
      expect(text).toContain('the old containers run again');
      expect(running()).toEqual(['grafana', 'prometheus']);
      expect(existsSync(join(home, 'volumes/monitoring_grafana-data'))).toBe(false);
      expect(dataOf('auto-scaling_grafana-data')).toBe('data of auto-scaling');
      rmSync(join(home, 'fail'));
      expect(run().code).toBe(0);
    },
  );
});
