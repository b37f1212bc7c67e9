import { describe, expect, it } from 'vitest';
import { told } from '../test-support.ts';
import { optionalGate } from './optional-gate.ts';
import { swallowedFailure } from './swallowed-failure.ts';

const proof = 'validate:\n  script: [promtool check config p.yml]\n';
const gate = (text: string): string[] =>
  told(optionalGate, { '.gitlab-ci.yml': text }).map((line) => line.split(' ')[1] ?? '');

describe('ci/optional-gate', () => {
  it.each([
    ['an optional need', `${proof}deploy:\n  script: [x]\n  needs:\n    - {job: validate, optional: true}\n`, 6],
    [
      'a proof whose script is in a template',
      '.t:\n  script: [promtool check config p.yml]\nvalidate:\n  extends: .t\n  allow_failure: true\n',
      5,
    ],
    ['an allowed failure', `${proof}  allow_failure: true\n`, 3],
    ['a proof by hand', `${proof}  when: manual\n`, 3],
    ['an allowed failure of a template', `.t:\n  allow_failure: true\n${proof}  extends: .t\n`, 2],
    [
      'the last template that says so',
      `.a: {allow_failure: false}\n.b: {allow_failure: true}\n${proof}  extends: [.a, .b]\n`,
      2,
    ],
  ])('tells of %s', (_, text, line) => expect(gate(text)).toEqual([`.gitlab-ci.yml:${line}`]));

  it.each([
    ['a need', `${proof}deploy:\n  script: [x]\n  needs:\n    - {job: validate, optional: false}\n    - validate\n`],
    [
      'an optional need of another job',
      'lint:\n  script: [eslint]\ndeploy:\n  script: [x]\n  needs: [{job: lint, optional: true}]\n',
    ],
    ['a need of a job that is not there', 'deploy:\n  script: [x]\n  needs: [{job: gone, optional: true}]\n'],
    ['another job that may fail', 'lint:\n  script: [eslint]\n  allow_failure: true\n'],
    ['exit codes that are allowed', `${proof}  allow_failure: {exit_codes: 3}\n`],
    ['a proof by hand that blocks', `${proof}  when: manual\n  allow_failure: false\n`],
    ['a template', '.t:\n  script: [promtool check config p.yml]\n  allow_failure: true\n'],
    ['templates that go round', `${proof}  extends: .a\n.a: {extends: .b}\n.b: {extends: .a}\n`],
  ])('is silent about %s', (_, text) => expect(gate(text)).toEqual([]));

  it('follows the pipeline into included files', () => {
    const texts = {
      '.gitlab-ci.yml': 'include: [{local: a.yml}, {local: b.yml}]\n',
      'a.yml': proof,
      'b.yml': 'deploy:\n  script: [x]\n  needs:\n    - {job: validate, optional: true}\n',
    };
    expect(told(optionalGate, texts).length).toBe(1);
  });
});

describe('ci/swallowed-failure', () => {
  const found = (line: string, job = 'environment: x'): string[] =>
    told(swallowedFailure, { '.gitlab-ci.yml': `j:\n  ${job}\n  script:\n    - ${JSON.stringify(line)}\n` }).map(
      (one) => one.split(' ')[0] ?? '',
    );

  it.each([
    './backup.sh || true',
    'cd ops && ./scripts/backup-monitoring.sh || :',
    'ssh host "cd /srv && ./backup.sh || true"',
    'promtool check rules a.yml || echo "broken"',
    'amtool check-config a.yml ||true',
    'npx stackproof verify || true',
    'set -e\n./backup.sh || true\n',
  ])('tells of %s', (line) => expect(found(line)).toEqual(['error']));

  it.each([
    './backup.sh || exit 1',
    'promtool check config a.yml || { echo broken; exit 1; }',
    'promtool check config a.yml || (echo broken && exit 1)',
    'docker network create x || true',
    './backup.sh; rm -f lock || true',
    './backup.sh && docker compose up -d',
    '# ./backup.sh || true',
    'echo "the backup failed" || true',
  ])('is silent about %s', (line) => expect(found(line)).toEqual([]));

  it('only warns of a script of that name in a job that deploys nothing', () => {
    expect(found('./validate-config.sh || true', 'stage: test')).toEqual(['warning']);
    expect(found('promtool check config a.yml || true', 'stage: test')).toEqual(['error']);
  });

  it('points at what throws it away, in a block of several lines too', () => {
    const text = 'j:\n  script:\n    - |\n      set -e\n      promtool check config a.yml || true\n';
    expect(told(swallowedFailure, { '.gitlab-ci.yml': text })[0]).toMatch(/^error \.gitlab-ci\.yml:5 /);
  });
});
