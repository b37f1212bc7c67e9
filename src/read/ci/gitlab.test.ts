import { describe, expect, it } from 'vitest';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../repository.ts';
import { faultLines, written } from '../test-support.ts';

describe('includes of a pipeline', () => {
  const part = 'job:\n  script: [a]\n';
  it.each([
    ['include: ci/a.yml', ['ci/a.yml']],
    ['include: [ci/a.yml, {local: /ci/b.yml}]', ['ci/a.yml', 'ci/b.yml']],
    ['include: {local: "ci/*.yml"}', ['ci/a.yml', 'ci/b.yml']],
    ['include: {local: "**/*.yml"}', ['ci/a.yml', 'ci/b.yml', 'ci/deep/c.yml']],
    ['include: [{template: X.yml}, {remote: "https://example.org/a.yml"}, {project: a/b, file: c.yml}]', []],
    ['include: "https://example.org/a.yml"', []],
    ['include: {local: "ci/$NAME.yml"}', []],
    ['include: .gitlab-ci.yml', []],
    ['child:\n  trigger: {include: [{local: ci/a.yml}]}', ['ci/a.yml']],
  ])('%s', (text, expected) => {
    const texts = { '.gitlab-ci.yml': text, 'ci/a.yml': part, 'ci/b.yml': part, 'ci/deep/c.yml': part };
    const repository = readRepository(treeOf(texts));
    expect(repository.ci.map((file) => file.file)).toEqual(['.gitlab-ci.yml', ...expected]);
    expect(repository.faults).toEqual([]);
  });

  it('that are not there are a fault, unless rules decide', () => {
    const text = 'include:\n  - local: nowhere.yml\n  - local: nowhere2.yml\n    rules: [{exists: [nowhere2.yml]}]\n';
    const repository = readRepository(treeOf({ '.gitlab-ci.yml': text }));
    expect(faultLines(repository)).toEqual(['ci/unresolved-include .gitlab-ci.yml:2']);
  });
});

describe('jobs', () => {
  it('have their scripts flattened, each line with its place', () => {
    const text = `spec: {inputs: {a: {}}}
---
stages: [test]
variables: {A: b}
default: {image: a}
.hidden: &lines
  - one
  - two
.template:
  before_script: zero
job:
  extends: .template
  before_script: [first]
  script:
    - *lines
    - !reference [.template, before_script]
    - |
      multi
      line
  after_script: [last]
other:
  script: !reference [.template, before_script]
`;
    const repository = readRepository(treeOf({ '.gitlab-ci.yml': text }));
    const jobs = repository.ci[0]?.jobs ?? [];
    expect(jobs.map((job) => [job.name, job.script.map((line) => line.text)])).toEqual([
      ['.template', ['zero']],
      ['job', ['first', 'one', 'two', 'multi\nline\n', 'last']],
      ['other', []],
    ]);
    const job = jobs[1];
    expect(job && written(repository, job.at)).toBe('job');
    expect(job?.script.slice(0, 3).map((line) => written(repository, line.at))).toEqual(['first', 'one', 'two']);
    expect(repository.faults).toEqual([]);
  });
});

describe('a pipeline that is broken', () => {
  it('is a fault with the parser’s place and words', () => {
    const text = 'job:\n  script:\n    - |\n      cat << EOF\nSECRET=${A}\nEOF\n      done\n';
    const repository = readRepository(treeOf({ '.gitlab-ci.yml': 'include: a.yml\n', 'a.yml': text }));
    expect(faultLines(repository)).toEqual(['ci/unparsable-yaml a.yml:5']);
    expect(repository.ci).toMatchObject([{ file: '.gitlab-ci.yml' }, { file: 'a.yml', jobs: [] }]);
    expect(repository.ci[1]?.value).toBeUndefined();
  });

  it('warns of a job written twice, of which the last counts', () => {
    const text = 'job:\n  script: [one]\njob:\n  script: [two]\n';
    const repository = readRepository(treeOf({ '.gitlab-ci.yml': text }));
    expect(faultLines(repository)).toEqual(['ci/duplicate-key .gitlab-ci.yml:3']);
    expect(repository.ci[0]?.jobs.map((job) => job.script[0]?.text)).toEqual(['two']);
  });
});
