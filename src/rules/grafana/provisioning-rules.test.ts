import { describe, expect, it } from 'vitest';
import { composeOf, told } from '../test-support.ts';
import { duplicateDashboardUid } from './duplicate-dashboard-uid.ts';
import { knownPassword } from './known-password.ts';
import { grafanaWith } from './test-support.ts';
import { unreadProvisioningFile } from './unread-provisioning-file.ts';

describe('grafana/unread-provisioning-file', () => {
  const found = (path: string): string[] =>
    told(unreadProvisioningFile, { ...grafanaWith({}), [path]: '{}' }).map((line) => line.split(' ')[1] ?? '');

  it.each([
    'datasources.yml',
    'preferences/p.yaml',
    'datasources/deep/a.yaml',
    'dashboards/board.json',
    'grafana.toml',
  ])('tells of %s', (name) => expect(found(`provisioning/${name}`)).toEqual([`provisioning/${name}:1`]));

  it.each(['README.md', '.gitkeep', 'datasources/a.yaml.example', 'alerting/rules.yaml', 'alerting/rules.json'])(
    'is silent about %s',
    (name) => expect(found(`provisioning/${name}`)).toEqual([]),
  );

  it('is silent about dashboards that a provider reads from the provisioning folder', () => {
    const texts = {
      ...grafanaWith({}),
      'provisioning/dashboards/files.yaml': 'providers:\n  - options: {path: /etc/grafana/provisioning/dashboards}\n',
      'provisioning/dashboards/a.json': '{}',
    };
    expect(told(unreadProvisioningFile, texts)).toEqual([]);
  });
});

describe('grafana/duplicate-dashboard-uid', () => {
  it('tells of each file but the first', () => {
    const boards = { 'a.json': { uid: 'x' }, 'b.json': { uid: 'x' }, 'c.json': { uid: 'x' }, 'd.json': { uid: 'y' } };
    expect(told(duplicateDashboardUid, grafanaWith(boards)).map((line) => line.split(' ')[1])).toEqual([
      'boards/b.json:1',
      'boards/c.json:1',
    ]);
  });

  it('is silent about dashboards without one, and about a file that two providers read', () => {
    expect(told(duplicateDashboardUid, grafanaWith({ 'a.json': {}, 'b.json': {} }))).toEqual([]);
    const twice = 'providers:\n  - {name: a, options: {path: /boards}}\n  - {name: b, options: {path: /boards}}\n';
    const texts = { ...grafanaWith({ 'a.json': { uid: 'x' } }), 'provisioning/dashboards/files.yaml': twice };
    expect(told(duplicateDashboardUid, texts)).toEqual([]);
  });

  it('keeps two Grafanas apart', () => {
    const service = (folder: string): string =>
      `image: grafana/grafana:10.2.0\nvolumes: ["./p:/etc/grafana/provisioning", "./${folder}:/boards"]`;
    const texts = {
      'compose.yml': composeOf({ a: service('a'), b: service('b') }),
      'p/dashboards/files.yaml': 'providers:\n  - options: {path: /boards}\n',
      'a/x.json': '{"uid": "x"}',
      'b/x.json': '{"uid": "x"}',
    };
    expect(told(duplicateDashboardUid, texts)).toEqual([]);
  });
});

describe('grafana/known-password', () => {
  const found = (value: string): number =>
    told(knownPassword, {
      'compose.yml': composeOf({
        g: `image: grafana/grafana:10.2.0\nenvironment:\n  GF_SECURITY_ADMIN_PASSWORD: ${value}`,
      }),
    }).length;

  it.each(['admin', '${X:-admin}', 'changeme', '"Grafana"'])('tells of %s', (value) => expect(found(value)).toBe(1));
  it.each(['${X:?}', '${X}', 'kestrel-41-harbour', '$$__file{/run/secrets/p}'])('is silent about %s', (value) =>
    expect(found(value)).toBe(0),
  );
});
