import { describe, expect, it } from 'vitest';
import type { Datasource, Variable } from '../model/grafana.ts';
import { type Offered, resolveVariables, valuesOf } from './resolve-variables.ts';
import { interpolated } from './variable-value.ts';

const at = { file: 'd.json' };
const variable = (name: string, type: string, value: Record<string, unknown> = {}): Variable => ({
  name,
  type,
  ...(typeof value['query'] === 'string' ? { query: value['query'] } : {}),
  value,
  at,
});
const source = (name: string, uid: string, isDefault = false): Datasource => ({
  name,
  type: 'prometheus',
  uid,
  isDefault,
  at,
});
const offering = (...values: string[]): Offered => ({ options: values.map((value) => ({ text: value, value })) });

async function text(
  written: string,
  variables: readonly Variable[],
  offered: Readonly<Record<string, Offered>> = {},
  more: { readonly schemaVersion?: number; readonly datasources?: readonly Datasource[] } = {},
): Promise<string> {
  const dashboard = { variables, value: { schemaVersion: more.schemaVersion ?? 38 } };
  const asked = async (one: Variable, values: ReturnType<typeof valuesOf>): Promise<Offered> =>
    offered[interpolated(one.query ?? '', values, 'plain')] ?? offering();
  const resolved = await resolveVariables(dashboard, more.datasources ?? [], asked);
  return interpolated(written, valuesOf(resolved), 'prometheus');
}

describe('resolveVariables', () => {
  it('asks for a variable after those it names', async () => {
    const variables = [
      variable('b', 'query', { query: 'of $a' }),
      variable('a', 'query', { query: 'first', current: { value: 'y' } }),
    ];
    expect(await text('$a $b', variables, { first: offering('x', 'y'), 'of y': offering('z') })).toBe('y z');
  });

  it('breaks a circle where it closes', async () => {
    const variables = [variable('a', 'query', { query: '$b' }), variable('b', 'query', { query: '$a' })];
    expect(await text('[$a]', variables)).toBe('[]');
  });

  it.each([
    [{}, 'x'],
    [{ current: { value: 'gone' } }, 'x'],
    [{ current: { value: ['y', 'z.'] }, multi: true }, String.raw`(y|z\\.)`],
    [{ includeAll: true }, String.raw`(x|y|z\\.)`],
    [{ includeAll: true, allValue: '.+', current: { value: ['$__all'] } }, '.+'],
    [{ regex: '/(y)/' }, 'y'],
    [{ sort: 2 }, 'z.'],
    [{ refresh: 0, current: { value: 'saved' } }, 'saved'],
  ])('chooses with %j as the browser does', async (more, expected) => {
    const variables = [variable('a', 'query', { query: 'q', ...more })];
    expect(await text('$a', variables, { q: offering('x', 'y', 'z.') })).toBe(expected);
  });

  it('asks even where nothing is refreshed in a dashboard of an old schema', async () => {
    const variables = [variable('a', 'query', { query: 'q', refresh: 0, current: { value: 'saved' } })];
    expect(await text('$a', variables, { q: offering('x') }, { schemaVersion: 16 })).toBe('x');
  });

  it('falls back to what was saved where the query fails', async () => {
    const variables = [
      variable('a', 'query', { query: 'q', current: { value: 'saved' } }),
      variable('all', 'query', { query: 'q', includeAll: true, current: { value: '$__all' } }),
    ];
    expect(await text('$a $all', variables, { q: { error: 'refused' } })).toBe('saved .*');
  });

  it.each([
    [variable('a', 'custom', { query: 'A : 1,B : 2', current: { value: '2' } }), '2'],
    [variable('a', 'interval', { query: '1m,10m', auto: true }), '15s'],
    [variable('a', 'interval', { query: '1m,10m', current: { value: '10m' } }), '10m'],
    [variable('a', 'constant', { query: 'fixed' }), 'fixed'],
    [variable('a', 'textbox', { query: 'first', current: { value: 'typed' } }), 'typed'],
    [variable('a', 'datasource', { query: 'prometheus' }), 'uid-a'],
    [variable('a', 'datasource', { query: 'prometheus', regex: '/^B/' }), 'uid-b'],
    [variable('a', 'datasource', { query: 'prometheus', current: { text: 'B', value: 'B' } }), 'uid-b'],
    [variable('a', 'datasource', { query: 'prometheus', current: { text: 'default', value: 'default' } }), 'default'],
  ])('$type %#', async (one, expected) => {
    const datasources = [source('B', 'uid-b', true), source('A', 'uid-a')];
    expect(await text('$a', [one], {}, { datasources })).toBe(expected);
  });
});
