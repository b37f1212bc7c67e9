import { describe, expect, it } from 'vitest';
import type { AlertmanagerConfig, Matcher, Route } from '../model/alertmanager.ts';
import { type Labels, matcherHolds, routesFor } from './routing.ts';

const at = { file: 'alertmanager.yml' };
const equal = (label: string, value: string): Matcher => ({ label, op: '=', value });
const route = (receiver: string, matchers: readonly Matcher[], rest: Partial<Route> = {}): Route => ({
  receiver,
  groupBy: [],
  matchers,
  continue: false,
  routes: [],
  at,
  value: {},
  ...rest,
});
const config = (root: Route | undefined): AlertmanagerConfig => ({
  service: 'alertmanager',
  value: {},
  ...(root === undefined ? {} : { route: root }),
  receivers: [],
  inhibitRules: [],
  templates: [],
});

describe('routesFor', () => {
  const tree = route('root', [], {
    routes: [
      route('audit', [equal('severity', 'critical')], { continue: true }),
      route('critical', [equal('severity', 'critical')], {
        routes: [
          route('database', [{ label: 'team', op: '=~', value: 'db|dba' }], { continue: true }),
          route('night', [equal('time', 'night')]),
        ],
      }),
      route('late', [equal('severity', 'critical')]),
      route('unlabelled', [equal('team', '')]),
    ],
  });
  const cases: readonly (readonly [string, Labels, readonly string[]])[] = [
    ['a deeper match hides its parent', { severity: 'critical', team: 'dba' }, ['audit', 'database']],
    ['a parent stands in where no child matches', { severity: 'critical', team: 'x' }, ['audit', 'critical']],
    ['siblings after "continue"', { severity: 'critical', team: 'db', time: 'night' }, ['audit', 'database', 'night']],
    ['expressions are anchored', { severity: 'critical', team: 'xdb' }, ['audit', 'critical']],
    ['a missing label is empty', {}, ['unlabelled']],
    ['nothing matches: the root', { team: 'x' }, ['root']],
    ['a label named like a property of objects', { team: 'x', toString: 'y' }, ['root']],
  ];
  it.each(cases)('%s', (_, labels, expected) => {
    expect(routesFor(config(tree), labels).map((reached) => reached.receiver)).toEqual(expected);
  });

  it('reaches nothing without a route', () => {
    expect(routesFor(config(undefined), { a: 'b' })).toEqual([]);
  });
});

describe('matcherHolds', () => {
  const cases: readonly (readonly [Matcher, Labels, boolean])[] = [
    [{ label: 'a', op: '!=', value: 'b' }, {}, true],
    [{ label: 'a', op: '!=', value: '' }, {}, false],
    [{ label: 'a', op: '=~', value: '' }, {}, true],
    [{ label: 'a', op: '=~', value: 'b.*' }, { a: 'bc' }, true],
    [{ label: 'a', op: '=~', value: 'b|c' }, { a: 'bc' }, false],
    [{ label: 'a', op: '!~', value: 'b.+' }, { a: 'b' }, true],
    [{ label: 'a', op: '=~', value: '(?i)B' }, { a: 'b' }, true],
    [{ label: 'constructor', op: '=', value: '' }, {}, true],
  ];
  it.each(cases)('%j on %j is %s', (matcher, labels, expected) => {
    expect(matcherHolds(matcher, labels)).toBe(expected);
  });
});
