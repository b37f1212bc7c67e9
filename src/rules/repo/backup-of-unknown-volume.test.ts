import { describe, expect, it } from 'vitest';
import { composeOf, told } from '../test-support.ts';
import { backupOfUnknownVolume } from './backup-of-unknown-volume.ts';

const volumes = 'volumes:\n  data:\n  named: {name: the-data}\n  outer: {external: true}\n';
const compose = composeOf({ prometheus: 'image: prom/prometheus:v2.47.0\nvolumes: ["data:/prometheus"]' }, volumes);
const found = (line: string, path = 'backup.sh'): string[] =>
  told(backupOfUnknownVolume, { 'ops/compose.yml': compose, [path]: `#!/bin/sh\n${line}\n` }).map((one) =>
    one.split(' ').slice(0, 2).join(' '),
  );

describe('repo/backup-of-unknown-volume', () => {
  it.each([
    'docker run --rm -v data:/x alpine tar czf - /x',
    'docker run --rm --volume=data:/x:ro alpine tar czf - /x',
    'docker run --rm --volume "data:/x" alpine tar czf - /x',
    'docker run --rm --mount type=volume,source=data,target=/x alpine tar czf - /x',
    'tar czf x.tgz /var/lib/docker/volumes/data/_data',
    'docker run -v named:/x alpine tar czf - /x',
  ])('tells of %s', (line) => expect(found(line)).toEqual(['error backup.sh:2']));

  it.each([
    'docker run --rm -v ops_data:/x alpine tar czf - /x',
    'docker run --rm -v the-data:/x -v outer:/y alpine tar czf - /x',
    'docker run --rm -v "$volume:/x" alpine tar czf - /x',
    'docker run --rm -v ${PROJECT}_data:/x alpine tar czf - /x',
    'docker run --rm -v /srv/data:/x -v ./data:/y -v $PWD:/z alpine tar czf - /x',
    '# docker run --rm -v data:/x alpine tar czf - /x',
    'docker volume create data && docker run -v data:/x alpine tar xzf a.tgz',
  ])('is silent about %s', (line) => expect(found(line)).toEqual([]));

  it('cannot tell of a volume that nobody declares', () => {
    expect(found('docker run -v gitlab-data:/x alpine tar czf - /x')).toEqual(['info backup.sh:2']);
  });

  it('reads scripts and jobs that have to do with archives', () => {
    const line = 'docker run -v data:/x alpine';
    expect(found(`${line} sh`, 'start.sh')).toEqual([]);
    expect(found(`${line} tar -czf - /x`, 'start.sh')).toEqual(['error start.sh:2']);
    const pipeline = `job:\n  script:\n    - ${line} tar cf - /x\n    - ${line} sh\n`;
    expect(told(backupOfUnknownVolume, { 'ops/compose.yml': compose, '.gitlab-ci.yml': pipeline })).toEqual([
      'error .gitlab-ci.yml:3 Volume "data" is "ops_data" to the engine, so this makes and reads an empty one',
    ]);
  });
});
