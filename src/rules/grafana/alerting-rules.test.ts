import { describe, expect, it } from 'vitest';
import type { Rule } from '../define-rule.ts';
import { told } from '../test-support.ts';
import { alertDatasource } from './alert-datasource.ts';
import { idleAlert } from './idle-alert.ts';
import { lostReceiver } from './lost-receiver.ts';
import { lostReference } from './lost-reference.ts';
import { rejectedAlert } from './rejected-alert.ts';
import { rejectedContactPoint } from './rejected-contact-point.ts';
import { grafanaWith } from './test-support.ts';
import { undefinedTemplate } from './undefined-template.ts';
import { undeliveredAlert } from './undelivered-alert.ts';
import { unparsableAlert } from './unparsable-alert.ts';
import { unreducedCondition } from './unreduced-condition.ts';

const found = (rule: Rule, alerting: object, datasources?: string): string[] =>
  told(rule, { ...grafanaWith({}, datasources), 'provisioning/alerting/a.json': JSON.stringify(alerting) });

const query = (
  refId: string,
  expr: string,
  model: object = { instant: true },
  datasourceUid = 'prometheus',
): object => ({
  refId,
  datasourceUid,
  model: { refId, expr, ...model },
});
const expression = (refId: string, type: string, of: string, uid = '__expr__'): object => ({
  refId,
  datasourceUid: uid,
  model: { refId, type, expression: of },
});
const rule = (data: object[], more: object = {}): object => ({
  uid: 'u',
  title: 'T',
  condition: 'B',
  for: '5m',
  data,
  ...more,
});
const groups = (...rules: object[]): object => ({ groups: [{ name: 'g', folder: 'f', interval: '1m', rules }] });
const of = (data: object[], more: object = {}): object => groups(rule(data, more));

describe('grafana/rejected-alert', () => {
  const data = [query('B', 'up')];
  it.each([
    { for: '0s' },
    { noDataState: 'OK', execErrState: 'Error' },
    { noDataState: '' },
    { uid: '$UID', for: '${WAIT}' },
  ])('takes %j', (more) => expect(found(rejectedAlert, of(data, more))).toEqual([]));

  it.each([
    [{ uid: '' }, /no "uid"/],
    [{ condition: undefined }, /no "condition"/],
    [{ for: 'soon' }, /no duration/],
    [{ execErrState: 'KeepLast' }, /does not know/],
    [{ uid: 'a b' }, /at most 40/],
    [{ data: [] }, /no "data"/],
  ])('tells of %j', (more, words) => expect(found(rejectedAlert, of(data, more)).join('\n')).toMatch(words));

  it('lets a title be had in two folders, and tells of a uid that is had twice', () => {
    const [one, other] = ['a', 'b'].map((uid) => ({
      name: uid,
      folder: uid,
      interval: '1m',
      rules: [rule(data, { uid })],
    }));
    expect(found(rejectedAlert, { groups: [one, other] })).toEqual([]);
    expect(found(rejectedAlert, groups(rule(data), rule(data, { title: 'Other' })))[0]).toMatch(
      /^warning .*takes the place/,
    );
  });
});

describe('grafana/lost-reference', () => {
  it.each([
    [[query('A', 'up'), expression('B', 'math', '$A > 1 && ${A} < 5')]],
    [[query('A', 'up'), expression('B', 'reduce', 'A', '-100')]],
    [[query('A', 'up'), expression('B', 'threshold', '$A')]],
    [
      [
        query('A', 'up'),
        {
          refId: 'B',
          datasourceUid: '__expr__',
          model: { type: 'classic_conditions', conditions: [{ query: { params: ['A'] } }] },
        },
      ],
    ],
    [[query('A', 'up'), expression('B', 'sql', 'SELECT * FROM A')]],
  ])('takes %j', (data) => expect(found(lostReference, of(data))).toEqual([]));

  it('tells of classic conditions, and of an expression that works on itself', () => {
    const classic = {
      refId: 'B',
      datasourceUid: '__expr__',
      model: { type: 'classic_conditions', conditions: [{ query: { params: ['Z'] } }] },
    };
    expect(found(lostReference, of([classic]))).toHaveLength(1);
    expect(found(lostReference, of([expression('B', 'math', '$B + 1')]))[0]).toMatch(/works on itself/);
  });
});

describe('grafana/unreduced-condition', () => {
  it.each([
    [[query('B', 'up')]],
    [[query('A', 'up', {}), expression('C', 'reduce', 'A'), expression('B', 'math', '$C > 1')]],
    [
      [
        query('A', 'up', {}),
        {
          refId: 'B',
          datasourceUid: '__expr__',
          model: { type: 'classic_conditions', conditions: [{ query: { params: ['A'] } }] },
        },
      ],
    ],
    [[query('B', 'x', {}, 'unknown')]],
    [[query('B', '{a="b"}', { queryType: 'instant' }, 'loki')]],
  ])('takes %j', (data) => expect(found(unreducedCondition, of(data))).toEqual([]));

  it.each([
    [[query('B', 'up', {})]],
    [[query('B', 'up', { instant: true, range: true })]],
    [[query('A', 'up', {}), expression('B', 'threshold', 'A')]],
    [[query('A', 'up', {}), expression('C', 'reduce', 'A'), expression('B', 'math', '$A > $C')]],
  ])('tells of %j', (data) => expect(found(unreducedCondition, of(data))).toHaveLength(1));
});

describe('grafana/idle-alert', () => {
  const alert = (expr: string, more: object = {}): string[] =>
    found(idleAlert, of([query('A', expr), expression('B', 'threshold', 'A')], more));
  it.each(['up', 'up == bool 0', 'sum(rate(a[5m])) / sum(rate(b[5m]))', 'up or vector(0)'])('takes %s', (expr) =>
    expect(alert(expr)).toEqual([]),
  );
  it.each(['up == 0', 'a > 5 and b', 'absent(up)'])('tells of %s', (expr) => expect(alert(expr)).toHaveLength(1));
  it('knows the states', () => {
    expect(alert('up == 0', { noDataState: 'OK' })).toEqual([]);
    expect(alert('up == 0', { noDataState: 'Alerting' })[0]).toMatch(/so it fires all the time$/);
  });
});

describe('grafana/unparsable-alert and grafana/alert-datasource', () => {
  it('know macros, and other languages not at all', () => {
    expect(
      found(unparsableAlert, of([query('B', 'rate(a[$__rate_interval])'), query('C', 'SELECT 1', {}, 'mysql')])),
    ).toEqual([]);
    expect(found(unparsableAlert, of([query('B', 'rate(a[$window])')]))).toHaveLength(1);
  });

  it('tell nothing for certain where a datasource may be made by hand', () => {
    const data = [query('B', 'up', {}, 'elsewhere')];
    expect(found(alertDatasource, of(data), '')[0]).toMatch(/^info/);
    expect(found(alertDatasource, of(data))[0]).toMatch(/^error/);
    expect(
      found(
        alertDatasource,
        of([query('B', 'up', {}, 'PBFA97CFB590B2093')]),
        'apiVersion: 1\ndatasources:\n  - {name: Prometheus, type: prometheus}\n',
      ),
    ).toEqual([]);
  });
});

describe('the contact points and policies of Grafana', () => {
  const point = (settings: object, type = 'webhook'): object => ({
    name: 'P',
    receivers: [{ uid: 'p', type, settings }],
  });

  it.each([
    [{ url: 'https://x' }, 'webhook'],
    [{ token: 't', recipient: '#a' }, 'slack'],
    [{ url: '$SLACK_URL' }, 'slack'],
    [{ bottoken: 't', chatid: 5 }, 'telegram'],
    [{ anything: 1 }, '$TYPE'],
  ])('take %j of %s', (settings, type) =>
    expect(found(rejectedContactPoint, { contactPoints: [point(settings, type)] })).toEqual([]),
  );

  it('know the receiver that Grafana has, and one of another file', () => {
    const policies = [
      { receiver: 'grafana-default-email', routes: [{ receiver: 'P', routes: [{ object_matchers: [] }] }] },
    ];
    expect(found(lostReceiver, { contactPoints: [point({ url: 'x' })], policies })).toEqual([]);
  });

  it('tell nothing for certain of a policy without any contact point in the files', () => {
    expect(found(lostReceiver, { policies: [{ receiver: 'Q' }] })[0]).toMatch(/^info/);
    expect(
      found(lostReceiver, { contactPoints: [{ name: 'Q', receivers: [] }], policies: [{ receiver: 'Q' }] })[0],
    ).toMatch(/^error .*no receivers/);
    expect(
      found(lostReceiver, {
        contactPoints: [point({ url: 'x' })],
        policies: [{ receiver: 'P', mute_time_intervals: ['n'] }],
      })[0],
    ).toMatch(/^info/);
  });

  it('count as a way out, and rules that name their own do too', () => {
    const data = [query('B', 'up')];
    expect(found(undeliveredAlert, of(data))).toHaveLength(1);
    expect(found(undeliveredAlert, { ...of(data), contactPoints: [point({ url: 'x' })] })).toEqual([]);
    expect(found(undeliveredAlert, of(data, { notification_settings: { receiver: 'x' } }))).toEqual([]);
  });

  it('know the templates that are given or defined', () => {
    const text = '{{ template "default.message" . }}{{ template "__subject" . }}{{ template "mine" . }}';
    const templates = [{ name: 'x', template: '{{- define "mine" -}}a{{ end }}' }];
    expect(found(undefinedTemplate, { contactPoints: [point({ url: 'x', message: text })], templates })).toEqual([]);
    expect(found(undefinedTemplate, { contactPoints: [point({ url: 'x', message: text })] })).toHaveLength(1);
  });
});
