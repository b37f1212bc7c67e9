import { describe, expect, it } from 'vitest';
import { told } from '../test-support.ts';
import { grafanaWith } from './test-support.ts';
import { unprovisionedDatasource } from './unprovisioned-datasource.ts';

const panel = (datasource: unknown): object => ({ type: 'stat', datasource, targets: [{ refId: 'A', expr: 'up' }] });
const found = (dashboard: object, datasources?: string): string[] =>
  told(unprovisionedDatasource, grafanaWith({ 'a.json': { title: 'A', ...dashboard } }, datasources));
const error = (name: string, what = 'which no file provisions'): string =>
  `error boards/a.json:1 Dashboard "A" names the datasource "${name}", ${what}, so what asks it shows no data`;

describe('grafana/unprovisioned-datasource', () => {
  it('asks nothing of a row, whatever is left in it', () => {
    const row = { ...panel({ uid: 'gone' }), type: 'row' };
    expect(found({ panels: [row] })).toEqual([]);
    expect(found({ panels: [panel({ uid: 'gone' })] }, 'datasources: [{ name: P, type: prometheus }]')).toHaveLength(1);
  });

  it.each([
    ['a uid', { uid: 'prometheus' }],
    ['a name', 'Prometheus'],
    ['a name in place of a uid', { uid: 'Prometheus' }],
    ['the uid that Grafana makes of a name', { uid: 'PBFA97CFB590B2093' }],
    ['none', undefined],
    ['null', null],
    ['an empty uid', { uid: '' }],
    ['the mixed one', { uid: '-- Mixed --', type: 'datasource' }],
    ["Grafana's own", { uid: '-- Grafana --' }],
    ['another panel', { uid: '-- Dashboard --' }],
    ['an expression', { uid: '__expr__', type: '__expr__' }],
    ['an old expression', { uid: '-100', type: '__expr__' }],
    ['the default by name', 'default'],
    ['a type alone', { type: 'prometheus' }],
  ])('knows %s', (_, datasource) => {
    const datasources = 'datasources:\n  - {name: Prometheus, uid: prometheus, type: prometheus}\n';
    const unnamed = 'datasources:\n  - {name: Prometheus, type: prometheus}\n';
    const made = JSON.stringify(datasource)?.includes('PBF') ? unnamed : datasources;
    expect(found({ panels: [panel(datasource)] }, made)).toEqual([]);
  });

  it.each(['$source', '${source}', '[[source]]', '${source:raw}', '${__from}'])('knows the variable %s', (uid) => {
    const templating = { list: [{ name: 'source', type: 'datasource', query: 'prometheus' }] };
    expect(found({ panels: [panel({ uid })], templating })).toEqual([]);
  });

  it.each(['${DS_PROMETHEUS}', '$missing'])('tells of %s, which nobody fills in', (uid) => {
    expect(found({ panels: [panel({ uid })] })).toEqual([error(uid, 'which is no variable of the dashboard')]);
  });

  it('tells once of a datasource that many panels name', () => {
    expect(found({ panels: [panel({ uid: 'gone' }), panel('gone'), panel({ uid: 'gone' })] })).toEqual([error('gone')]);
  });

  it('looks at variables and annotations', () => {
    const templating = { list: [{ name: 'v', type: 'query', query: 'x', datasource: { uid: 'lost' } }] };
    const annotations = { list: [{ datasource: { uid: 'away' } }, { datasource: { uid: 'off' }, enable: false }] };
    expect(found({ panels: [], templating, annotations })).toEqual([error('lost'), error('away')]);
  });

  it('lets hidden queries be', () => {
    expect(found({ panels: [{ type: 'stat', targets: [{ hide: true, datasource: { uid: 'gone' } }] }] })).toEqual([]);
  });

  it('cannot tell where nothing is provisioned', () => {
    expect(found({ panels: [panel({ uid: 'gone' })] }, '')).toEqual([
      'info boards/a.json:1 Dashboard "A" names the datasource "gone", and whether Grafana has it cannot be told from the files',
    ]);
  });
});
