import { describe, expect, it } from 'vitest';
import { composeOf, prometheus, told } from '../test-support.ts';
import { changesMatcher } from './changed-paths.ts';
import { unexecutableScript } from './unexecutable-script.ts';
import { ungatedDeployment } from './ungated-deployment.ts';
import { unmetNeed } from './unmet-need.ts';
import { unsyncedDeletion } from './unsynced-deletion.ts';

describe('a path of changes', () => {
  it.each([
    ['a/**/*', 'a/b', true],
    ['a/**/*', 'a/b/c/d.yml', true],
    ['a/**', 'a/b', true],
    ['a/**', 'a/b/c', false],
    ['a/*', 'a/.hidden', true],
    ['a/*', 'a/b/c', false],
    ['*.{yml,yaml}', 'x.yaml', true],
    ['{a,b}/**/*', 'b/c', true],
    ['**/*.yml', 'x.yml', true],
    ['a.b', 'axb', false],
    ['a', 'a/b', false],
    ['a?c', 'abc', true],
  ])('%s and %s', (pattern, path, expected) => expect(changesMatcher(pattern)(path)).toBe(expected));
});

describe('ci/unexecutable-script', () => {
  const check = (...lines: readonly string[]): number =>
    told(unexecutableScript, {
      '.gitlab-ci.yml': `job:\n  script: ${JSON.stringify(lines)}\n`,
      'ops/run.sh': '#!/bin/sh\n',
      'ops/conf.yml': '',
    }).length;
  it.each([
    ['sh ops/run.sh'],
    ['chmod +x ops/run.sh', './ops/run.sh'],
    ['chmod +x ops/*.sh && ops/run.sh'],
    ['cd elsewhere', './run.sh'],
    ['cd "$DIR"', './run.sh'],
    ['(cd ops && ./run.sh)'],
    ['cat ops/run.sh | sh'],
    ['echo ./ops/run.sh'],
    ['ops/gone.sh'],
  ])('is silent about %s %s', (...lines) => expect(check(...lines.filter((line) => line !== undefined))).toBe(0));
  it.each([
    [['ops/run.sh']],
    [['cd ops', './run.sh --now']],
    [['cd ops && ./run.sh']],
    [['cd $CI_PROJECT_DIR/ops', './run.sh']],
  ])('tells of %j', (lines) => expect(check(...lines)).toBe(1));
});

describe('deployments', () => {
  const stack = { 'ops/compose.yml': composeOf({ prometheus }) };
  const told1 = (ci: string): string[] =>
    told(ungatedDeployment, { ...stack, '.gitlab-ci.yml': ci }).map((line) => line.split(' ')[0] ?? '');
  const ship = 'ship:\n  stage: deploy\n  environment: x\n  script: ["rsync -a ops/ host:/ops/"]\n';
  const prove = 'prove:\n  stage: test\n  script: [npx stackproof verify --stack ops/compose.yml]\n';

  it('wait by their stage, by their needs, and by the needs of those', () => {
    expect(told1(prove + ship)).toEqual([]);
    expect(told1(`${prove}${ship}  needs: [prove]\n`)).toEqual([]);
    expect(told1(`${prove}middle: {stage: test, needs: [prove], script: [x]}\n${ship}  needs: [middle]\n`)).toEqual([]);
    expect(told1(`${prove}${ship}  needs: []\n`)).toEqual(['error']);
  });

  it('only warn where nothing is proved, and say it where more is included from elsewhere', () => {
    expect(told1(ship)).toEqual(['warning']);
    expect(told1(`include: [{template: A.yml}]\n${ship}`)).toEqual(['info']);
  });

  it('may have a second proof behind them, or one that merge requests ask for', () => {
    const later = 'after: {stage: .post, script: [stackproof check --stack ops/compose.yml]}\n';
    expect(told1(prove + later + ship)).toEqual([]);
    expect(told1(later + ship)).toEqual(['error']);
    const asked = prove.replace('  script', "  rules: [{if: $CI_PIPELINE_SOURCE == 'merge_request_event'}]\n  script");
    expect(told1(`${asked}${ship}  needs: []\n`)).toEqual(['info']);
  });

  it('are no endings of an environment, no tests and no other stacks', () => {
    expect(
      told1(`${prove}${ship.replace('environment: x', 'environment: {name: x, action: stop}')}  needs: []\n`),
    ).toEqual([]);
    expect(told1(`${prove}${ship.replaceAll('ops/', 'shop/')}  needs: []\n`)).toEqual([]);
  });

  it('may copy with tar, and one copy with --delete covers what lies below', () => {
    const copies = (...lines: readonly string[]): string[] =>
      told(unsyncedDeletion, {
        ...stack,
        '.gitlab-ci.yml': `ship:\n  environment: x\n  script: ${JSON.stringify(lines)}\n`,
      }).map((line) => line.split(' ')[0] ?? '');
    expect(copies('rsync -a --delete ./ host:/srv')).toEqual([]);
    expect(copies('tar cz ops | ssh host tar xz')).toEqual([]);
    expect(copies("rsync -a --exclude '.git' -e ssh ops/ host:/srv")).toEqual(['info']);
    expect(copies('scp -r ops host:/srv')).toEqual(['info']);
    expect(copies('rsync -a ops/ /srv/ops/')).toEqual([]);
  });
});

describe('ci/unmet-need', () => {
  it.each([
    'job: {script: [x], needs: [{project: a/b, job: c, ref: main}]}',
    'job: {script: [x], needs: [{pipeline: $PARENT, job: c}]}',
    'job: {script: [x], needs: [{job: gone, optional: true}]}',
    'a: {script: [x]}\njob: {script: [x], needs: [a]}',
    'a: {script: [x], parallel: 2}\njob: {script: [x], dependencies: ["a: [one, two]", a 1/2]}',
    'a: {script: [x], stage: .pre}\njob: {script: [x], stage: build, needs: [a]}',
  ])('is silent about %j', (text) => expect(told(unmetNeed, { '.gitlab-ci.yml': `${text}\n` })).toEqual([]));
  it('cannot tell of a job that another file may have', () =>
    expect(
      told(unmetNeed, {
        '.gitlab-ci.yml': 'include: [{remote: "https://x/y.yml"}]\na: {script: [x], needs: [b]}\n',
      })[0],
    ).toMatch(/^info/));
});
