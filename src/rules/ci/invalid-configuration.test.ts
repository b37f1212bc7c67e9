import { describe, expect, it } from 'vitest';
import { told } from '../test-support.ts';
import { invalidConfiguration } from './invalid-configuration.ts';

const check = (text: string): string[] =>
  told(invalidConfiguration, { '.gitlab-ci.yml': text }).map((line) => line.split(' ').slice(0, 2).join(' '));
const job = (body: string): string[] => check(`job:\n  script: [x]\n  ${body}\n`);

describe('ci/invalid-configuration', () => {
  it.each([
    'needs: []',
    'needs: [{pipeline: $PARENT_ID, job: x}, {project: a/b, job: c, ref: main, artifacts: true}]',
    'parallel: {matrix: [{A: [1, 2]}]}',
    'retry: {max: 2, when: [runner_system_failure]}',
    'cache: [{key: {files: [a]}, paths: [b]}]',
    'rules: [{changes: {paths: [a], compare_to: main}}, {exists: [Dockerfile]}]',
    'environment: {name: a/$CI_COMMIT_REF_SLUG, on_stop: stop, action: start}',
    'only: {refs: [main], changes: [a]}',
    'id_tokens: {T: {aud: https://example.org}}',
    'artifacts: {reports: {coverage_report: {coverage_format: cobertura, path: c.xml}}}',
    'services: [{name: postgres:16, alias: db, variables: {A: b}}]',
    'image: {name: x, docker: {platform: linux/amd64}}',
    'variables: {A: 1, B: true, C: {value: x, expand: false}}',
    'allow_failure: {exit_codes: [1, 2]}',
    'inherit: {default: [image], variables: false}',
    'extends: []',
    'tags: [a, $RUNNER]',
    "coverage: '/\\d+%/'",
    'when: $[[ inputs.when ]]',
    'retry: $[[ inputs.retry ]]',
  ])('accepts %s', (body) => expect(job(body)).toEqual([]));

  it.each([
    'scripts: [x]',
    'needs: check',
    'when: sometimes',
    'rules: [{when: nevr}]',
    'rules: [{on: push}, {if: x, chnages: [a]}]',
    'retry: 5',
    'artifacts: {path: [a]}',
    'environment: {naame: x}',
    'image: {entrypoint: [""]}',
    'when: delayed',
  ])('refuses %s', (body) => expect(job(body)).toContain('error .gitlab-ci.yml:3'));

  it('only warns of a keyword that resembles none', () =>
    expect(job('hologram: true')).toEqual(['warning .gitlab-ci.yml:3']));

  it('leaves templates and anchors without a script alone, and jobs that something from elsewhere may complete', () => {
    expect(check('.a: [x]\n.b: {image: c}\njob: {script: [x]}\n')).toEqual([]);
    expect(check('include: [{template: A.yml}]\njob: {variables: {A: b}}\n')).toEqual([]);
    expect(check('down: {trigger: {project: a/b}}\npages: {pages: true, script: [x]}\n')).toEqual([]);
  });

  it('tells of what stands at the top', () => {
    expect(check('stages: test\njob: {script: [x], stage: test}\n')).toEqual(['error .gitlab-ci.yml:1']);
    expect(check('anchors: [a]\njob: {script: [x]}\n')).toEqual(['error .gitlab-ci.yml:1']);
    expect(check('default: {imagee: x}\njob: {script: [x]}\n')).toEqual(['error .gitlab-ci.yml:1']);
  });
});
