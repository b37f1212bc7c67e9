import { describe, expect, it } from 'vitest';
import type { Rule } from '../define-rule.ts';
import { composeOf, told } from '../test-support.ts';
import { blindPruning } from './blind-pruning.ts';
import { fragileScript } from './fragile-script.ts';
import { liveCopy } from './live-copy.ts';
import { swallowedBackup } from './swallowed-backup.ts';
import { uncheckedArchive } from './unchecked-archive.ts';
import { unsavedStore } from './unsaved-store.ts';

const compose = composeOf(
  { prometheus: 'image: prom/prometheus:v2.47.0\nvolumes: ["data:/prometheus"]' },
  'volumes:\n  data:\n',
);
const found = (rule: Rule, script: string, path = 'ops/backup.sh'): string[] =>
  told(rule, { 'ops/compose.yml': compose, [path]: `#!/bin/sh\n${script}\n` }).map((line) => line.split(' ')[0] ?? '');

describe('repo/swallowed-backup', () => {
  it.each([
    'set -euo pipefail\ntar -czf a.tgz b',
    'tar -czf a.tgz b || exit 1\necho done',
    'if ! tar -czf a.tgz b; then exit 1; fi',
    'tar -czf a.tgz b && echo done',
    'set -e\ntar -czf a.tgz b || { echo broken; exit 1; }',
    'set -e\nrm -f old || true\ntar -czf a.tgz b',
    'set -e\nrestic backup /srv',
    '# tar -czf a.tgz b || true\necho nothing',
    'set -o errexit\ntar -czf a.tgz b',
  ])('is silent about %j', (script) => expect(found(swallowedBackup, script)).toEqual([]));
  it.each([
    ['set -e\ntar -czf a.tgz b || true', 'error'],
    ['set -e\ntar -czf a.tgz \\\n  b || echo broken', 'error'],
    ['tar -czf a.tgz b\necho done', 'warning'],
    ['set -e\npg_dump x > y || :', 'error'],
  ])('tells of %j', (script, severity) => expect(found(swallowedBackup, script)).toEqual([severity]));
  it('leaves other scripts alone', () => {
    expect(found(swallowedBackup, 'tar -czf a.tgz b', 'ops/build.sh')).toEqual([]);
    expect(found(swallowedBackup, 'tar -xzf a.tgz || true', 'ops/restore-backup.sh')).toEqual([]);
    expect(found(swallowedBackup, 'tar -czf a.tgz b', 'app/backup.sh')).toEqual([]);
  });
});

describe('repo/unchecked-archive', () => {
  it.each([
    'tar -czf a.tgz b\ntar -tzf a.tgz',
    'tar -czf a.tgz b\ngzip -t a.tgz',
    'tar -czf a.tgz b\n[ -s a.tgz ] || exit 1',
    'tar -czf a.tgz b\nsha256sum a.tgz > a.sum',
    'restic backup /srv\nrestic forget',
    'tar czf - b | ssh host "cat > a.tgz && tar tzf a.tgz"',
  ])('is silent about %j', (script) => expect(found(uncheckedArchive, script)).toEqual([]));
  it('tells of an archive that is only written', () =>
    expect(found(uncheckedArchive, 'tar -czf a.tgz b\nls -l a.tgz')).toEqual(['warning']));
});

describe('repo/blind-pruning', () => {
  const prune = "find /b -name '*.tgz' -mtime +7 -delete";
  it.each([`set -e\ntar -czf a.tgz b\n${prune}`, `tar -czf a.tgz b && ${prune}`, `${prune}\necho no archive`])(
    'is silent about %j',
    (script) => expect(found(blindPruning, script)).toEqual([]),
  );
  it.each([`set -e\n${prune}\ntar -czf a.tgz b`, `tar -czf a.tgz b\n${prune}`])('tells of %j', (script) =>
    expect(found(blindPruning, script)).toEqual(['warning']),
  );
});

describe('repo/live-copy', () => {
  const copy = 'docker run --rm -v ops_data:/d alpine tar -czf - /d > a.tgz';
  it.each([
    `docker compose stop prometheus\n${copy}`,
    `docker pause prometheus\n${copy}`,
    `curl -XPOST http://localhost:9090/api/v1/admin/tsdb/snapshot\n${copy}`,
    'tar -czf a.tgz /etc/prometheus',
    'docker run --rm -v other_data:/d alpine tar -czf - /d > a.tgz',
  ])('is silent about %j', (script) => expect(found(liveCopy, script)).toEqual([]));
  it('tells of a copy of a volume in use', () => expect(found(liveCopy, copy)).toEqual(['warning']));
});

describe('repo/unsaved-store', () => {
  it.each([
    'tar -czf a.tgz x # nothing\nfor v in $(docker volume ls -q); do docker run -v $v:/d alpine tar -czf - /d; done',
    'docker run -v ops_data:/d alpine tar -czf - /d > a.tgz',
    'save prometheus\ntar -czf a.tgz b',
    'echo no archive',
  ])('is silent about %j', (script) => expect(found(unsavedStore, script)).toEqual([]));
  it('is silent where nothing is backed up, and where the backup is another stack’s', () =>
    expect(found(unsavedStore, 'tar -czf a.tgz b', 'app/backup.sh')).toEqual([]));
});

describe('repo/fragile-script', () => {
  it.each(['set -e\ndocker compose up -d', 'echo nothing', 'docker compose ps'])('is silent about %j', (script) =>
    expect(found(fragileScript, script, 'ops/deploy.sh')).toEqual([]),
  );
  it('is silent about a script that deploys nothing', () =>
    expect(found(fragileScript, 'docker compose up -d', 'ops/try.sh')).toEqual([]));
  it('tells of carriage returns anywhere', () => expect(found(fragileScript, 'a\r\nb', 'ops/x.sh')).toEqual(['error']));
});
