import { describe, expect, it } from 'vitest';
import type { Rule } from '../define-rule.ts';
import { told } from '../test-support.ts';
import { absentDashboard } from './absent-dashboard.ts';
import { circularVariable } from './circular-variable.ts';
import { contradictoryDatasource } from './contradictory-datasource.ts';
import { emptyVariable } from './empty-variable.ts';
import { querylessPanel } from './queryless-panel.ts';
import { repeatedName } from './repeated-name.ts';
import { shortRefresh } from './short-refresh.ts';
import { grafanaWith } from './test-support.ts';
import { undefinedVariable } from './undefined-variable.ts';
import { unusedVariable } from './unused-variable.ts';

const found = (rule: Rule, dashboard: object, others: Record<string, object> = {}): string[] =>
  told(rule, grafanaWith({ 'a.json': { title: 'A', uid: 'a', ...dashboard }, ...others }));
const asks = (expr: string, more: object = {}): object => ({
  panels: [{ type: 'stat', title: 'P', targets: [{ refId: 'A', expr, ...more }] }],
});
const listOf = (...list: object[]): object => ({ templating: { list } });

describe('grafana/undefined-variable', () => {
  it.each([
    'up{instance=~"$host"}',
    'up{instance=~"${host:regex}"}',
    'up{instance=~"[[host]]"}',
    'rate(up[$__rate_interval])',
    'rate(up[${__interval}])',
    'label_replace(up, "a", "$1", "b", "(.*)")',
    'label_replace(up, "a", "${1}-x", "b", "(.*)")',
    'label_replace(up, "a", "$port", "b", "(?P<port>.*)")',
    'up{path=~"/a$"}',
    '{job="x"} | line_format "{{ $x := .a }}{{ $x }}"',
    'sum(up)[5m:1m]',
  ])('takes %s', (expr) =>
    expect(
      found(undefinedVariable, { ...listOf({ name: 'host', type: 'custom', query: 'a' }), ...asks(expr) }),
    ).toEqual([]),
  );

  it('leaves hidden queries alone and counts the others', () => {
    expect(found(undefinedVariable, asks('up{a="$x"}', { hide: true }))).toEqual([]);
    expect(found(undefinedVariable, asks('up{a="$x", b="$x"}'))).toEqual([
      'error boards/a.json:1 "$x" in 2 queries of dashboard "A" is no variable of it, so it is sent as it is written and finds nothing',
    ]);
  });

  it('looks into the queries of variables, and at what panels are repeated for', () => {
    const variable = {
      name: 'v',
      type: 'query',
      query: { query: 'label_values(up{job="$job"}, instance)', refId: 'A' },
    };
    expect(found(undefinedVariable, listOf(variable))).toHaveLength(1);
    expect(
      found(undefinedVariable, {
        panels: [
          { type: 'row', repeat: null },
          { type: 'stat', repeat: '' },
        ],
      }),
    ).toEqual([]);
  });
});

describe('grafana/unused-variable', () => {
  const variable = { name: 'host', type: 'custom', query: 'a,b' };
  it.each([
    ['a title', { panels: [{ title: 'Load of $host' }] }],
    ['a repeated row', { panels: [{ type: 'row', repeat: 'host' }] }],
    [
      'another variable',
      listOf(
        variable,
        { name: 'b', type: 'query', query: 'x($host)', hide: 2 },
        { name: 'c', query: '$b', type: 'adhoc' },
      ),
    ],
    ['a datasource', { panels: [{ datasource: { uid: '${host}' } }] }],
    ['a link', { panels: [{ links: [{ url: '/d/x?var-host=1' }] }] }],
    ['a link that carries all', { links: [{ includeVars: true, type: 'dashboards' }] }],
  ])('finds it used in %s', (_, rest) => expect(found(unusedVariable, { ...listOf(variable), ...rest })).toEqual([]));
});

describe('grafana/circular-variable', () => {
  it('lets a variable name itself, and chains be long', () => {
    const one = (name: string, query: string): object => ({ name, type: 'query', query });
    expect(found(circularVariable, listOf(one('a', 'x($a)'), one('b', 'x($a)'), one('c', 'x($a, $b)')))).toEqual([]);
    expect(
      found(circularVariable, listOf(one('a', 'x($c)'), one('b', 'x($a)'), one('c', 'x($b)'), one('d', 'x($a)'))),
    ).toHaveLength(1);
  });
});

describe('grafana/empty-variable', () => {
  it.each([
    ['a saved value', { name: 'v', type: 'query', query: 'x', refresh: 0, current: { value: 'a' } }],
    ['a dashboard of old, which Grafana changes', { name: 'v', type: 'query', query: 'x', refresh: 0, options: [] }],
    ['saved options', { name: 'v', type: 'query', query: 'x', refresh: 0, options: [{ value: 'a' }] }],
    ['no word about loading', { name: 'v', type: 'query', query: 'x' }],
    [
      'a query of another form',
      { name: 'v', type: 'query', query: { label: 'job', stream: '', type: 1, refId: 'A' }, refresh: 1 },
    ],
    ['a definition', { name: 'v', type: 'query', query: '', definition: 'label_values(up, job)', refresh: 1 }],
    ['a textbox', { name: 'v', type: 'textbox' }],
    ['datasources that are there', { name: 'v', type: 'datasource', query: 'loki' }],
  ])('takes %s', (_, variable) => expect(found(emptyVariable, listOf(variable))).toEqual([]));

  it('tells of datasources that are not', () => {
    expect(found(emptyVariable, listOf({ name: 'v', type: 'datasource', query: 'elasticsearch' }))).toHaveLength(1);
  });
});

describe('grafana/queryless-panel', () => {
  it.each([
    ['a text', { type: 'text' }],
    ['a row', { type: 'row', panels: [] }],
    ['a shared panel', { type: 'stat', libraryPanel: { uid: 'x' } }],
    [
      'another panel as its source',
      { type: 'stat', datasource: { uid: '-- Dashboard --' }, targets: [{ refId: 'A', panelId: 1 }] },
    ],
    [
      'a query of another language',
      { type: 'stat', datasource: { type: 'influxdb', uid: 'i' }, targets: [{ refId: 'A', query: 'x' }] },
    ],
    [
      'one query of two',
      {
        type: 'stat',
        targets: [
          { refId: 'A', expr: '' },
          { refId: 'B', expr: 'up' },
        ],
      },
    ],
  ])('takes %s', (_, panel) => expect(found(querylessPanel, { panels: [panel] })).toEqual([]));

  it('speaks of a dashboard once', () => {
    const panels = [
      { type: 'stat', title: 'a' },
      { type: 'gauge', title: 'b', targets: [{ refId: 'A', expr: ' ' }] },
    ];
    expect(found(querylessPanel, { panels })).toEqual([
      'warning boards/a.json:1 Panels "a" and "b" of dashboard "A" ask for nothing and show "No data"',
    ]);
  });
});

describe('grafana/repeated-name', () => {
  it('lets queries without a letter stand', () => {
    expect(found(repeatedName, { panels: [{ targets: [{ expr: 'a' }, { expr: 'b' }] }, { id: 1 }, {}] })).toEqual([]);
  });
});

describe('grafana/contradictory-datasource', () => {
  it.each([
    { type: 'prometheus', uid: 'prometheus' },
    { type: 'datasource', uid: 'grafana' },
    { type: 'prometheus', uid: '${ds}' },
    { type: 'grafana-amazonprometheus-datasource', uid: 'prometheus' },
    { uid: 'loki' },
    { type: 'prometheus', uid: 'elsewhere' },
  ])('takes %j', (datasource) => expect(found(contradictoryDatasource, asks('up', { datasource }))).toEqual([]));
});

describe('grafana/short-refresh', () => {
  it.each(['', false, '5s', '1m', '$refresh', undefined])('takes %s', (refresh) =>
    expect(found(shortRefresh, { refresh })).toEqual([]),
  );
});

describe('grafana/absent-dashboard', () => {
  const link = (url: string): object => ({ links: [{ type: 'link', url }] });
  it.each(['/d/b', 'd/b/name?x=1', 'https://other.example.org/d/zzz', '/d/${uid}', '/dashboards', '/d/a'])(
    'takes %s',
    (url) => expect(found(absentDashboard, link(url), { 'b.json': { title: 'B', uid: 'b' } })).toEqual([]),
  );

  it('tells of each lost dashboard once', () => {
    expect(found(absentDashboard, { panels: [{ ...link('/d/zzz') }, { ...link('/d/zzz?a=1') }] })).toHaveLength(1);
  });

  it('says nothing where a provider reads what is not in the repository', () => {
    const texts = grafanaWith({ 'a.json': { title: 'A', ...link('/d/zzz') } });
    const more = '  - name: more\n    options: {path: /var/lib/grafana/more}\n';
    expect(
      told(absentDashboard, {
        ...texts,
        'provisioning/dashboards/files.yaml': `${texts['provisioning/dashboards/files.yaml']}${more}`,
      }),
    ).toEqual([]);
  });
});
