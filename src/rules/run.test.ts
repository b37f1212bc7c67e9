import { describe, expect, it } from 'vitest';
import type { FindingDraft, Waiver } from '../model/finding.ts';
import { summarise } from '../model/finding.ts';
import { treeOf } from '../model/tree.ts';
import { readRepository } from '../read/repository.ts';
import { defineFault, defineRule, type Rule } from './define-rule.ts';
import { expiredWaiver } from './repo/expired-waiver.ts';
import { runRules } from './run.ts';

const compose =
  'services:\n  prometheus:\n    image: prom/prometheus:v2.47.0\n  grafana:\n    image: grafana/grafana:10.2.0\n';
const day = new Date('2026-06-01T12:00:00Z');
const at = { file: 'docker-compose.yml', pointer: ['services', 'grafana', 'image'] };
const repositoryOf = (waivers: readonly Waiver[] = [], texts: Record<string, string> = {}) =>
  readRepository(treeOf({ 'docker-compose.yml': compose, ...texts }), { waivers });
const always = (draft: Partial<FindingDraft> = {}, severity: Rule['severity'] = 'error'): Rule =>
  defineRule({
    id: 'room/defect',
    severity,
    over: 'stack',
    claim: 'Nothing is wrong.',
    check: () => [{ at, message: '"x" is wrong', ...draft }],
  });

describe('runRules', () => {
  it('adds rule, severity and position, and counts the subjects', () => {
    const result = runRules(repositoryOf(), day, [always({ hint: 'Do', facts: { a: 1 } })]);
    expect(result).toEqual({
      stacks: ['docker-compose.yml'],
      subjects: { 'room/defect': 1 },
      findings: [
        {
          rule: 'room/defect',
          severity: 'error',
          message: '"x" is wrong',
          file: 'docker-compose.yml',
          line: 5,
          column: 12,
          endLine: 5,
          endColumn: 34,
          related: [],
          hint: 'Do',
          facts: { a: 1 },
        },
      ],
    });
  });

  it('places what is related too', () => {
    const related = [{ at: { file: 'docker-compose.yml', pointer: ['services', 'prometheus'] }, note: 'here' }];
    expect(runRules(repositoryOf(), day, [always({ related })]).findings[0]?.related).toEqual([
      { file: 'docker-compose.yml', line: 3, column: 5, endLine: 4, endColumn: 1, note: 'here' },
    ]);
  });

  it('lets a draft be milder than its rule, never graver', () => {
    const severityOf = (rule: Rule): string | undefined => runRules(repositoryOf(), day, [rule]).findings[0]?.severity;
    expect(severityOf(always({ severity: 'info' }))).toBe('info');
    expect(severityOf(always({ severity: 'error' }, 'warning'))).toBe('warning');
  });

  it('makes an error of a rule that breaks, and goes on with the next subject', () => {
    const broken = defineRule({
      id: 'room/broken',
      severity: 'info',
      over: 'service',
      claim: 'Nothing is wrong.',
      check: (service) => {
        if (service.name === 'prometheus') throw new Error('no\nluck');
        return [{ at, message: '"y" is wrong' }];
      },
    });
    const { findings, subjects } = runRules(repositoryOf(), day, [broken]);
    expect(subjects).toEqual({ 'room/broken': 2 });
    expect(findings.map(({ severity, message }) => [severity, message])).toEqual([
      ['error', 'The rule "room/broken" itself broke here (no luck), so its claim is not proved'],
      ['info', '"y" is wrong'],
    ]);
  });

  it('keeps what the reader could not read, as grave as its rule says', () => {
    const repository = repositoryOf([], { '.gitlab-ci.yml': 'a: b: c\n' });
    const fault = defineFault({ id: 'ci/unparsable-yaml', severity: 'warning', over: 'ci-file', claim: 'It parses.' });
    expect(runRules(repository, day, []).findings).toMatchObject([{ rule: 'ci/unparsable-yaml', severity: 'error' }]);
    expect(runRules(repository, day, [fault])).toMatchObject({
      subjects: { 'ci/unparsable-yaml': 1 },
      findings: [{ severity: 'warning', file: '.gitlab-ci.yml' }],
    });
  });

  it('says the same of the same place once', () => {
    const twice = defineRule({
      id: 'room/defect',
      severity: 'error',
      over: 'service',
      claim: 'Nothing is wrong.',
      check: () => [{ at, message: '"x" is wrong' }],
    });
    expect(runRules(repositoryOf(), day, [twice]).findings).toHaveLength(1);
  });

  it('sorts by place', () => {
    const other = always({ at: { file: 'docker-compose.yml', pointer: ['services', 'prometheus'] }, message: '"a"' });
    const messages = runRules(repositoryOf(), day, [always(), other]).findings.map((finding) => finding.message);
    expect(messages).toEqual(['"a"', '"x" is wrong']);
  });
});

describe('waivers', () => {
  const waiver = (place: string, until = '2026-06-01', rule = 'room/defect'): Waiver => ({
    rule,
    place,
    reason: 'known',
    until,
  });
  const waived = (one: Waiver): boolean =>
    runRules(repositoryOf([one]), day, [always()]).findings[0]?.waived !== undefined;

  it.each([
    ['the file', 'docker-compose.yml'],
    ['the value', 'docker-compose.yml#services.grafana.image'],
    ['a value above', 'docker-compose.yml#services.grafana'],
  ])('cover %s through their last day', (_, place) => {
    expect(waived(waiver(place))).toBe(true);
  });

  it.each([
    ['another file', waiver('other.yml')],
    ['another value', waiver('docker-compose.yml#services.prometheus')],
    ['a value of nearly the same name', waiver('docker-compose.yml#services.graf')],
    ['another rule', waiver('docker-compose.yml', '2026-06-01', 'room/other')],
    ['a time that is over', waiver('docker-compose.yml', '2026-05-31')],
    ['no date', waiver('docker-compose.yml', '')],
  ])('do not cover %s', (_, one) => {
    expect(waived(one)).toBe(false);
  });

  it('leave a finding visible and uncounted', () => {
    const result = runRules(repositoryOf([waiver('docker-compose.yml')]), day, [always()]);
    expect(result.findings).toMatchObject([{ waived: { reason: 'known', until: '2026-06-01' } }]);
    expect(summarise(result)).toEqual({ errors: 0, warnings: 0, infos: 0, waived: 1, subjects: 1 });
  });

  it('are found themselves once they are over', () => {
    const result = runRules(repositoryOf([waiver('docker-compose.yml', '2026-05-31')]), day, [always(), expiredWaiver]);
    expect(result.findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['repo/expired-waiver', 'warning'],
      ['room/defect', 'error'],
    ]);
  });
});
