import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

it.each([
  ['admin_pasword', 'admin_password'],
  ['datasuorceUid', 'datasourceUid'],
  ['root_ulr', 'root_url'],
  ['urk', 'url'],
  ['x', undefined],
  ['completely_other', undefined],
])('%s means %s', (word, meant) => {
  expect(nearest(word, ['admin_password', 'root_url', 'datasourceUid', 'url'])).toBe(meant);
});
