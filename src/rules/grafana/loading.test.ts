import { describe, expect, it } from 'vitest';
import { composeOf, told } from '../test-support.ts';
import { absentHomeDashboard } from './absent-home-dashboard.ts';
import { apiWrapper } from './api-wrapper.ts';
import { duplicateDatasourceUid } from './duplicate-datasource-uid.ts';
import { duplicateTitle } from './duplicate-title.ts';
import { longUid } from './long-uid.ts';
import { missingTitle } from './missing-title.ts';
import { secondDefault } from './second-default.ts';
import { grafanaWith } from './test-support.ts';

const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const sources = (...entries: string[]): Record<string, string> =>
  grafanaWith({}, `apiVersion: 1\ndatasources:\n${entries.map((entry) => `  - {${entry}}\n`).join('')}`);

describe('grafana/second-default', () => {
  it.each([
    ['one default', sources('name: a, isDefault: true', 'name: b, isDefault: false')],
    ['one for each organisation', sources('name: a, isDefault: true', 'name: b, isDefault: true, orgId: 2')],
    ['words of the older form', sources('name: a, is_default: true', 'name: b, is_default: true')],
    [
      'a file without a version',
      grafanaWith({}, 'datasources: [{name: a, isDefault: true}, {name: b, isDefault: true}]'),
    ],
    ['a value of the environment', sources('name: a, isDefault: true', 'name: b, isDefault: $B')],
  ])('is silent about %s', (_, files) => {
    expect(told(secondDefault, files)).toEqual([]);
  });

  it('counts over files', () => {
    const files = sources('name: a, isDefault: true');
    const other = 'apiVersion: 1\ndatasources: [{name: b, orgId: 1, isDefault: true}]\n';
    expect(told(secondDefault, { ...files, 'provisioning/datasources/b.yml': other })).toEqual([
      'error provisioning/datasources/b.yml:2 Datasource "b" is the default, as "a" is already, so Grafana ends as it starts',
    ]);
  });
});

describe('grafana/duplicate-datasource-uid', () => {
  it.each([
    ['two uids', sources('name: a, uid: x', 'name: b, uid: y')],
    ['none', sources('name: a', 'name: b')],
    ['one datasource in two entries', sources('name: a, uid: x', 'name: a, uid: x')],
    ['two organisations', sources('name: a, uid: x', 'name: b, uid: x, orgId: 2')],
    ['a uid of the environment', sources('name: a, uid: $X', 'name: b, uid: $X')],
  ])('is silent about %s', (_, files) => {
    expect(told(duplicateDatasourceUid, files)).toEqual([]);
  });

  it('finds the second of a uid', () => {
    expect(told(duplicateDatasourceUid, sources('name: a, uid: x', 'name: b, uid: x'))).toEqual([like(/^error .*:4 /)]);
  });
});

describe('dashboards that are not loaded', () => {
  it.each([
    [missingTitle, { panels: [] }, [like(/^error boards\/a.json:1 "boards\/a.json" has no title/)]],
    [missingTitle, { title: ' ' }, [like(/^error /)]],
    [missingTitle, { title: 'A' }, []],
    [missingTitle, { dashboard: { title: 'A' } }, []],
    [missingTitle, { apiVersion: 'v1', kind: 'Dashboard', spec: { title: 'A' } }, []],
    [apiWrapper, { dashboard: { title: 'A' }, meta: {} }, [like(/^error /)]],
    [apiWrapper, { title: 'A', dashboard: { title: 'A' } }, []],
    [apiWrapper, { title: 'A' }, []],
    [longUid, { title: 'A', uid: 'x'.repeat(41) }, [like(/^error .*has 41 characters/)]],
    [longUid, { title: 'A', uid: ` ${'x'.repeat(40)} ` }, []],
    [longUid, { title: 'A' }, []],
  ])('%o reads %j', (rule, dashboard, expected) => {
    expect(told(rule, grafanaWith({ 'a.json': dashboard }))).toEqual(expected);
  });
});

describe('grafana/duplicate-title', () => {
  it.each([
    ['two titles', { title: 'A' }, { title: 'B' }, 0],
    ['two files of one uid, which is another rule', { title: 'A', uid: 'a' }, { title: 'A', uid: 'a' }, 0],
    ['no title', {}, {}, 0],
    ['one title', { title: 'A', uid: 'a' }, { title: 'A ', uid: 'b' }, 1],
    ['one title without uids', { title: 'A' }, { title: 'A' }, 1],
  ])('reads %s', (_, one, two, count) => {
    expect(told(duplicateTitle, grafanaWith({ 'a.json': one, 'b.json': two }))).toHaveLength(count);
  });
});

describe('grafana/absent-home-dashboard', () => {
  const home = (path: string, more = {}): string[] => {
    const service = 'image: grafana/grafana:10.2.0\nvolumes: ["./boards:/boards:ro", "kept:/kept"]';
    const variable = `\nenvironment: {GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: "${path}"}`;
    return told(absentHomeDashboard, { 'compose.yml': composeOf({ grafana: service + variable }), ...more });
  };

  it.each(['/boards/home.json', '/kept/home.json', '/usr/share/grafana/public/dashboards/home.json', '', '/$$A/b'])(
    'is silent about %s',
    (path) => {
      expect(home(path, { 'boards/home.json': '{}' })).toEqual([]);
    },
  );

  it('is silent about what git ignores', () => {
    expect(home('/boards/home.json', { 'boards/a.json': '{}', '.gitignore': 'home.json' })).toEqual([]);
  });

  it.each([
    ['/boards/gone.json', /"boards\/gone.json" is not in the repository/],
    ['/elsewhere/home.json', /which nothing is mounted at/],
  ])('finds %s', (path, expected) => {
    expect(home(path, { 'boards/home.json': '{}' })).toEqual([like(expected)]);
  });
});
