import { describe, expect, it } from 'vitest';
import type { GrafanaConfig } from '../../model/grafana.ts';
import { adminOf, comesFrom } from './grafana.ts';

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
