import { describe, expect, it } from 'vitest';
import { jobNamed, type Pipeline } from '../../model/pipeline.ts';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../repository.ts';
import { pipelinesOf } from './pipeline.ts';

const pipelines = (files: Record<string, string>): readonly Pipeline[] => pipelinesOf(readRepository(treeOf(files)));
const only = (text: string, more: Record<string, string> = {}): Pipeline | undefined =>
  pipelines({ '.gitlab-ci.yml': text, ...more })[0];
const value = (pipeline: Pipeline | undefined, name = 'job') => pipeline && jobNamed(pipeline, name)?.value;

describe('a pipeline', () => {
  it('merges templates key by key, the last one strongest, and lists as a whole', () => {
    const text = `.a: {variables: {X: 1, Y: 1}, script: [a], tags: [one]}
.b: {extends: .a, variables: {Y: 2}, tags: [two]}
.c: {image: x}
job: {extends: [.b, .c], variables: {Z: 3}}
`;
    expect(value(only(text))).toEqual({
      extends: ['.b', '.c'],
      variables: { X: 1, Y: 2, Z: 3 },
      script: ['a'],
      tags: ['two'],
      image: 'x',
    });
  });

  it('takes what is not written from default, the top of the file and global variables', () => {
    const text = `default: {image: a, interruptible: true}
before_script: [first]
variables: {A: 1, B: 1}
job: {script: [x], variables: {B: 2}}
bare: {script: [x], inherit: {default: false, variables: [A]}}
`;
    const pipeline = only(text);
    expect(value(pipeline)).toEqual({
      script: ['x'],
      variables: { A: 1, B: 2 },
      image: 'a',
      interruptible: true,
      before_script: ['first'],
    });
    expect(value(pipeline, 'bare')).toMatchObject({ variables: { A: 1 } });
    expect(value(pipeline, 'bare')).not.toHaveProperty('image');
  });

  it('follows references into lists and tells those that lead nowhere', () => {
    const text = `.a:
  script: [one, two]
  rules: [{if: x}]
job:
  rules: [!reference [.a, rules], {when: never}]
  script:
    - !reference [.a, script]
    - !reference [.gone, script]
    - three
`;
    const pipeline = only(text);
    const job = pipeline && jobNamed(pipeline, 'job');
    expect(job?.script.map((line) => line.text)).toEqual(['one', 'two', 'three']);
    expect(job?.script[0]?.at).toEqual({ file: '.gitlab-ci.yml', pointer: ['.a', 'script', 0] });
    expect(job?.value['rules']).toEqual([{ if: 'x' }, { when: 'never' }]);
    expect(job?.missing.map(({ kind, name }) => [kind, name])).toEqual([['reference', '.gone script']]);
  });

  it('tells templates that go round, and ends', () => {
    const pipeline = only('.a: {extends: .b}\n.b: {extends: .a}\njob: {extends: .a}\n');
    expect(pipeline && jobNamed(pipeline, 'job')?.missing.map(({ kind }) => kind)).toEqual(['cycle']);
  });

  it('lets the including file have the last word, and knows what rules include', () => {
    const pipeline = only('include: [{local: a.yml}, {local: b.yml, rules: [{if: x}]}]\njob: {image: own}\n', {
      'a.yml': 'stages: [one]\njob: {image: theirs, script: [x]}\n',
      'b.yml': 'late: {script: [x]}\n',
    });
    expect(value(pipeline)).toEqual({ image: 'own', script: ['x'] });
    expect(pipeline?.stages).toEqual(['.pre', 'one', '.post']);
    expect(pipeline?.jobs.map(({ name, conditional }) => [name, conditional])).toEqual([
      ['job', false],
      ['late', true],
    ]);
    expect(pipeline?.open).toBe(false);
  });

  it('is open where something is included from elsewhere', () => {
    expect(only('include: [{template: X.yml}]\njob: {script: [x]}\n')?.open).toBe(true);
  });

  it('is another one in a child', () => {
    const all = pipelines({
      '.gitlab-ci.yml': 'start: {trigger: {include: child.yml}}\n',
      'child.yml': 'job: {script: [x]}\n',
    });
    expect(all.map(({ file, jobs }) => [file, jobs.map(({ name }) => name)])).toEqual([
      ['.gitlab-ci.yml', ['start']],
      ['child.yml', ['job']],
    ]);
  });
});
