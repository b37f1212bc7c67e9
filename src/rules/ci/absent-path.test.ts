import { describe, expect, it } from 'vitest';
import { told } from '../test-support.ts';
import { absentPath } from './absent-path.ts';

const check = (line: string, more: Readonly<Record<string, string>> = {}, rest = ''): string[] =>
  told(absentPath, {
    '.gitlab-ci.yml': `job:\n  script:\n    - ${JSON.stringify(line)}\n${rest}`,
    'ops/there.sh': '',
    ...more,
  });

describe('ci/absent-path', () => {
  it.each([
    'bash ops/there.sh',
    './ops/there.sh',
    'bash tmp/gone.sh',
    'bash /opt/ops/gone.sh',
    'bash $DIR/ops/gone.sh',
    'bash ops/$NAME.sh',
    'ssh host bash ops/gone.sh',
    '[ -f ops/gone.sh ] && bash ops/gone.sh',
    'bash ops/gone.sh || true',
    'if [ -f "ops/gone.sh" ]; then\n  chmod +x ops/gone.sh\n  ./ops/gone.sh\nfi',
    'test -x ./ops/gone.sh && ./ops/gone.sh\nbash ops/gone.sh',
    'echo bash ops/gone.sh',
    '# bash ops/gone.sh',
    'npm run ops/gone.sh',
    'docker run -v x image sh ops/gone.sh',
  ])('is silent about %s', (line) => {
    expect(check(line)).toEqual([]);
  });

  it.each([
    'bash ops/gone.sh',
    './ops/gone.sh now',
    'ops/gone.sh',
    'chmod +x ops/gone.sh',
    'docker compose -f ops/gone.yml config -q',
    'promtool check config ops/gone.yml',
    'true && python3 ops/gone.py',
    'chmod +x ops/gone.sh && ./ops/gone.sh',
  ])('finds %s', (line) => {
    expect(check(line)).toEqual([expect.stringMatching(/^warning .gitlab-ci.yml:3 Job "job" uses "ops\/gone\./)]);
  });

  it.each([
    ['cd ops && bash gone.sh', 1],
    ['cd ops && bash ops/there.sh', 1],
    ['cd ops\nbash there.sh\nbash gone.sh', 1],
    ['cd ops\ncd ..\nbash ops/there.sh', 0],
    ['cd "$DIR"\nbash gone.sh', 0],
    ['(cd ops && bash gone.sh)', 0],
    ['cd ops && bash gone.sh || true', 0],
    ['cd build\nbash gone.sh', 0],
    ['cd ops\nbash /tmp/gone.sh', 0],
  ])('follows %j', (line, times) => expect(check(line)).toHaveLength(times));

  it('leaves alone what git ignores, what a job makes and jobs without files', () => {
    expect(check('bash ops/gone.sh', { '.gitignore': 'gone.sh' })).toEqual([]);
    expect(check('bash ops/gone.sh', {}, 'other:\n  script: [make]\n  artifacts: {paths: [ops/gone.sh]}\n')).toEqual(
      [],
    );
    expect(check('bash ops/gone.sh', {}, '  variables: {GIT_STRATEGY: none}\n')).toEqual([]);
    expect(check('bash ops/gone.sh', {}, '  extends: .base\n.base:\n  before_script: [cd ops]\n')).toEqual([]);
  });
});
