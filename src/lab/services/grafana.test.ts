import { afterEach, describe, expect, it } from 'vitest';
import type { GrafanaConfig } from '../../model/grafana.ts';
import { adminOf, comesFrom, panelQuery } from './grafana.ts';
import { playedLab } from './testing.ts';

function config(settings: Readonly<Record<string, string>>): GrafanaConfig {
  const entries = Object.entries(settings).map(
    ([key, value]) => [key, { value, at: { file: 'grafana.ini' } }] as const,
  );
  return { service: 'grafana', settings: new Map(entries), datasources: [], providers: [], dashboards: [], unread: [] };
}

const files: Readonly<Record<string, string>> = { '/run/secrets/grafana': 'from-file\n' };
const read = (path: string): string | undefined => files[path];

describe('adminOf', () => {
  it.each([
    [{}, {}, { name: 'admin', password: 'admin' }],
    [
      { 'security.admin_password': 'written' },
      { GF_SECURITY_ADMIN_PASSWORD: '' },
      { name: 'admin', password: 'written' },
    ],
    [{ 'security.admin_password': 'written' }, {}, { name: 'admin', password: 'written' }],
    [
      { 'security.admin_password': 'written' },
      { GF_SECURITY_ADMIN_PASSWORD: 'given' },
      { name: 'admin', password: 'given' },
    ],
    [{}, { GF_SECURITY_ADMIN_PASSWORD__FILE: '/run/secrets/grafana' }, { name: 'admin', password: 'from-file' }],
    [{ 'security.admin_password': '$__file{/run/secrets/grafana}' }, {}, { name: 'admin', password: 'from-file' }],
    [
      { 'security.admin_user': '$__env{WHO}', 'security.admin_password': '${WORD}' },
      { WHO: 'root', WORD: 'w' },
      { name: 'root', password: 'w' },
    ],
  ])('reads %j under %j', (settings, environment, expected) => {
    expect(adminOf(config(settings), environment, read)).toEqual(expected);
  });
});

describe('comesFrom', () => {
  it.each([
    ['hosts.json', true],
    ['team/hosts.json', true],
    ['osts.json', false],
    ['', false],
  ])('of "%s" is %s', (externalId, expected) => {
    expect(comesFrom(externalId, 'grafana/dashboards/team/hosts.json')).toBe(expected);
  });
});

describe('panelQuery', () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  const frame = (executedQueryString: string, values: readonly (readonly number[])[]): object => ({
    schema: { meta: { executedQueryString } },
    data: { values },
  });

  it.each([
    [
      [frame('Expr: rate(x[1m0s])\nStep: 1m30s', [[1], [2]])],
      { series: 1, executed: { expr: 'rate(x[1m0s])', step: 90 } },
    ],
    [[frame('Expr: {a="b"}', [[], []])], { series: 0, executed: { expr: '{a="b"}' } }],
    [[], { series: 0 }],
  ])('tells how Grafana put the query, %#', async (frames, expected) => {
    const { lab, stop } = await playedLab({ '/api/ds/query': [[200, { results: { A: { frames } } }]] });
    stops.push(stop);
    const door = { base: 'http://played:3000', user: { name: 'a', password: 'b' } };
    const question = { refId: 'A', datasource: { uid: 'p', type: 'prometheus' }, model: {}, from: 0, to: 1 };
    expect(await panelQuery(lab, door, question)).toEqual(expected);
  });
});
