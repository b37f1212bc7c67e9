import { describe, expect, it } from 'vitest';
import type { InhibitRule, Matcher } from '../model/alertmanager.ts';
import { type Candidate, inhibitingPair } from './inhibition.ts';

const is = (label: string, value: string): Matcher => ({ label, op: '=', value });
const rule = (equal: readonly string[], source = [is('alertname', 'Down')]): InhibitRule => ({
  source,
  target: [is('severity', 'warning')],
  equal,
  at: { file: 'alertmanager.yml' },
});
const known = (labels: Candidate['labels'], open: readonly string[] = []): Candidate => ({
  labels,
  open: new Set(open),
});
const down = known({ alertname: 'Down', severity: 'critical', instance: 'a' });

describe('inhibitingPair', () => {
  it('is the first two alerts that agree on the equal labels', () => {
    const other = known({ alertname: 'Busy', severity: 'warning', instance: 'b' });
    const same = known({ alertname: 'Busy', severity: 'warning', instance: 'a' });
    expect(inhibitingPair(rule(['instance']), [other, down, same])).toEqual({
      source: down,
      target: same,
      targetLabels: same.labels,
    });
    expect(inhibitingPair(rule(['instance', 'alertname']), [other, down, same])).toBeUndefined();
  });

  it('counts two absent labels as equal', () => {
    const busy = known({ alertname: 'Busy', severity: 'warning', instance: 'b' });
    expect(inhibitingPair(rule(['instanc']), [down, busy])?.target).toBe(busy);
  });

  it('gives a label that was a guess the value of the source', () => {
    const guess = known({ alertname: 'Busy', severity: 'warning', instance: 'x' }, ['instance']);
    expect(inhibitingPair(rule(['instance']), [down, guess])?.targetLabels).toMatchObject({ instance: 'a' });
  });

  it('is none of two alerts that fit both sides', () => {
    const warning = [is('severity', 'warning')];
    const a = known({ alertname: 'A', severity: 'warning' });
    const b = known({ alertname: 'B', severity: 'warning' });
    expect(inhibitingPair(rule([], warning), [a, b])).toBeUndefined();
  });
});
