import { describe, expect, it } from 'vitest';
import { alertLabels, asSent, expandText } from './alert-as-sent.ts';
import type { Relabelling } from './relabel.ts';

const step = (rule: Partial<Relabelling>): Relabelling => ({
  action: 'replace',
  source: [],
  separator: ';',
  regex: '(.*)',
  target: '',
  replacement: '$1',
  ...rule,
});

describe('alertLabels', () => {
  it('are those of the series but its name, and over them those of the rule', () => {
    const labels = {
      severity: '{{ $labels.level }}',
      job: 'fixed',
      gone: '{{ $labels.nothing }}',
      size: '{{ $value }}',
    };
    const series = { __name__: 'up', job: 'a', instance: 'i', level: 'high' };
    expect(alertLabels({ name: 'Down', labels }, series, {})).toEqual({
      alertname: 'Down',
      job: 'fixed',
      instance: 'i',
      level: 'high',
      severity: 'high',
      size: 'templated',
    });
  });
});

describe('asSent', () => {
  it('adds external labels where the alert has none, and relabels', () => {
    const relabelling = [step({ source: ['site'], target: 'where' }), step({ action: 'labeldrop', regex: 'site' })];
    const sending = { externalLabels: { site: 'orchard', job: 'outer' }, relabelling };
    expect(asSent({ job: 'a', none: '' }, sending)).toEqual({ job: 'a', where: 'orchard' });
  });

  it('is nothing for an alert that the relabelling drops', () => {
    const relabelling = [step({ action: 'drop', source: ['severity'], regex: 'info' })];
    expect(asSent({ severity: 'info' }, { externalLabels: {}, relabelling })).toBeUndefined();
    expect(asSent({ severity: 'page' }, { externalLabels: {}, relabelling })).toEqual({ severity: 'page' });
  });
});

describe('expandText', () => {
  it.each([
    ['{{ $labels.a }} on {{- .Labels.b -}}', '1 on '],
    ['{{ $externalLabels.site }}', 'orchard'],
    ['{{ $value | humanize }} of ${VAR}', 'templated of ${VAR}'],
  ])('makes of %s', (text, expected) => {
    expect(expandText(text, { a: '1' }, { site: 'orchard' })).toBe(expected);
  });
});
