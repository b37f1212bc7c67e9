import { describe, expect, it } from 'vitest';
import { composeOf, prometheus, told } from '../test-support.ts';
import { floatingImage } from './floating-image.ts';
import { missingBindSource } from './missing-bind-source.ts';
import { privilegedService } from './privileged-service.ts';
import { undefinedVariable } from './undefined-variable.ts';
import { unlimitedService } from './unlimited-service.ts';
import { unusedVolume } from './unused-volume.ts';

const compose = (service: string, rest = ''): { 'docker-compose.yml': string } => ({
  'docker-compose.yml': composeOf({ prometheus: service }, rest),
});
const first = (pattern: RegExp): unknown => expect.stringMatching(pattern);

describe('compose/missing-bind-source', () => {
  const mounting = (mount: string): string => `image: prom/prometheus:v2.47.0\nvolumes: ["${mount}"]`;

  it.each([
    ['./a.yml:/etc/a.yml:ro', { 'a.yml': '' }],
    ['./folder:/etc/a:ro', { 'folder/a.yml': '' }],
    ['/var/log:/var/log:ro', {}],
    ['data:/prometheus', {}],
    ['${UNKNOWN}/a.yml:/etc/a.yml', {}],
  ])('is silent about %s', (mount, texts) => {
    expect(told(missingBindSource, { ...compose(mounting(mount)), ...texts })).toEqual([]);
  });

  it.each([
    ['./a.yml:/etc/a.yml:ro', {}, /^error .*mounts an empty folder at "\/etc\/a.yml"/],
    ['./folder:/etc/prometheus', {}, /^error /],
    ['./a.yml:/etc/a.yml:ro', { '.gitignore': '*.yml\n!docker-compose.yml\n' }, /^info .*git ignores it/],
    ['./a.yml:/etc/a.yml:ro', { 'a.yml.example': '' }, /^info .*only an example/],
    ['./data:/prometheus', {}, /^info .*a folder for data/],
  ])('finds %s with %j', (mount, texts, expected) => {
    expect(told(missingBindSource, { ...compose(mounting(mount)), ...texts })).toEqual([first(expected)]);
  });
});

describe('compose/floating-image', () => {
  it.each(['prom/prometheus:v2.47.0', 'prom/prometheus@sha256:0', 'registry:5000/prom/prometheus:v2'])(
    'takes %s',
    (image) => {
      expect(told(floatingImage, compose(`image: ${image}`))).toEqual([]);
    },
  );

  it.each([
    ['prom/prometheus', /^warning .*has no tag/],
    ['prom/prometheus:latest', /^warning .*has the tag "latest"/],
    ['registry:5000/prom/prometheus', /^warning .*has no tag/],
  ])('finds %s', (image, expected) => {
    expect(told(floatingImage, compose(`image: ${image}`))).toEqual([first(expected)]);
  });

  it('tells once of all services that run the same image', () => {
    const files = { 'docker-compose.yml': composeOf({ read: 'image: grafana/loki', write: 'image: grafana/loki' }) };
    expect(told(floatingImage, files)).toEqual([first(/^warning .*services "read" and "write" has no tag/)]);
  });

  it('only warns of services it does not prove', () => {
    const files = { 'docker-compose.yml': composeOf({ prometheus, web: 'image: nginx' }) };
    expect(told(floatingImage, files)).toEqual([first(/^warning .*"web"/)]);
  });
});

describe('compose/unlimited-service and compose/privileged-service', () => {
  it.each(['mem_limit: 1g', 'deploy: {resources: {limits: {memory: 1G}}}'])('takes %s for a limit', (limit) => {
    expect(told(unlimitedService, compose(`${prometheus}\n${limit}`))).toEqual([]);
  });

  it('tells once of all services of a file', () => {
    const files = { 'docker-compose.yml': composeOf({ one: 'image: a:1', prometheus }) };
    expect(told(unlimitedService, files)).toEqual([
      first(/^warning .*Services "one" and "prometheus" have no memory limit/),
    ]);
  });

  it('takes processors for none', () => {
    expect(told(unlimitedService, compose(`${prometheus}\ncpus: 1`))).toHaveLength(1);
  });

  it('finds a privileged service and no other', () => {
    expect(told(privilegedService, compose(`${prometheus}\nprivileged: true`))).toHaveLength(1);
    expect(told(privilegedService, compose(`${prometheus}\nprivileged: false`))).toEqual([]);
  });
});

describe('compose/unused-volume', () => {
  it('finds a volume that nothing mounts', () => {
    const files = compose(`${prometheus}\n  - data:/prometheus`, 'volumes:\n  data:\n  backups:\n');
    expect(told(unusedVolume, files)).toEqual([
      'warning docker-compose.yml:9 Volume "backups" is mounted by no service, so nothing is ever kept in it',
    ]);
  });

  it('looks into the compose files beside its own', () => {
    const files = compose(prometheus, 'volumes:\n  backups:\n');
    const other = { 'docker-compose.backup.yml': 'services:\n  b:\n    volumes: ["backups:/b"]\n' };
    expect(told(unusedVolume, { ...files, ...other })).toEqual([]);
  });
});

describe('compose/undefined-variable', () => {
  const using = (text: string): { 'docker-compose.yml': string } =>
    compose(`${prometheus}\nenvironment:\n  A: "${text}"`);

  it.each([
    ['${A:-x}', {}],
    ['${A:?say it}', {}],
    ['${A}', { '.env': 'A=1\n' }],
    ['${A}', { '.env.example': '# A=\n' }],
    ['$$A', {}],
  ])('is silent about %s with %j', (text, files) => {
    expect(told(undefinedVariable, { ...using(text), ...files })).toEqual([]);
  });

  it('warns where a list of variables leaves one out, and only tells where there is none', () => {
    expect(told(undefinedVariable, { ...using('${A}'), '.env.example': 'B=\n' })).toEqual([first(/^warning /)]);
    expect(told(undefinedVariable, using('${A} ${A}'))).toEqual([first(/^info .*cannot be told$/)]);
  });
});
