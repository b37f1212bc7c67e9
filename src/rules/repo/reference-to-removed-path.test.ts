import { describe, expect, it } from 'vitest';
import type { RemovedPath } from '../../model/plan.ts';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import type { Texts } from '../../read/test-support.ts';
import { runRules } from '../run.ts';
import { composeOf, prometheus } from '../test-support.ts';
import { referenceToRemovedPath } from './reference-to-removed-path.ts';

const gone: readonly RemovedPath[] = [{ path: 'old/prom/p.yml', movedTo: 'new/p.yml' }, { path: 'old/prom/q.yml' }];
const found = (texts: Texts, removed = gone) => {
  const tree = treeOf({ 'compose.yml': composeOf({ prometheus }), ...texts });
  const { findings } = runRules(readRepository(tree, { removed }), new Date(), [referenceToRemovedPath]);
  return findings.filter((finding) => finding.rule === referenceToRemovedPath.id);
};
const lines = (texts: Texts): string[] => found(texts).map(({ severity, file, line }) => `${severity} ${file}:${line}`);

describe('repo/reference-to-removed-path', () => {
  it.each([
    ['a script', 'a.sh', 'error'],
    ['a script without an ending', 'bin/run', 'error'],
    ['a Makefile', 'Makefile', 'error'],
    ['the pipeline', '.gitlab-ci.yml', 'error'],
    ['a workflow', '.github/workflows/a.yml', 'error'],
    ['a compose file', 'ops/docker-compose.yml', 'error'],
    ['a document', 'README.md', 'warning'],
    ['an ignore file', '.gitignore', 'warning'],
    ['a list of owners', '.gitlab/CODEOWNERS', 'warning'],
  ])('tells of a mention in %s', (_, path, severity) => {
    const text = path === 'bin/run' ? '#!/bin/sh\ncat old/prom/p.yml\n' : 'x:\n  - old/prom/p.yml\n';
    expect(lines({ [path]: text })).toEqual([`${severity} ${path}:2`]);
  });

  it.each([
    ['with a dot before it', 'cp ./old/prom/p.yml x', 'old/prom/p.yml'],
    ['in quotes', 'cp "old/prom/p.yml" x', 'old/prom/p.yml'],
    ['as a folder', 'cp -r old/prom/ x', 'old/prom'],
    ['as a glob', 'cp old/prom/*.yml x', 'old/prom/*.yml'],
    ['as the folder above it', 'cd old', undefined],
    ['at the end of a sentence', 'echo see old/prom/p.yml.', 'old/prom/p.yml'],
    ['in the folder of the job', 'cp $CI_PROJECT_DIR/old/prom/p.yml x', 'old/prom/p.yml'],
    ['in a list', 'cp {old/prom/p.yml,x} y', 'old/prom/p.yml'],
  ])('sees a path %s', (_, line, path) => {
    const [finding] = found({ 'a.sh': `${line}\n`, 'old/README': '' });
    expect(finding?.facts['path']).toBe(path);
    expect(finding?.severity ?? 'error').toBe('error');
  });

  it.each([
    ['a longer name', 'cat cold/prom/p.yml old/prometheus old/prom-2'],
    ['a neighbour that is there', 'cat old/README'],
    ['a path from another folder', 'cat ../old/prom/p.yml'],
  ])('is silent about %s', (_, line) => {
    expect(lines({ 'a.sh': `${line}\n`, 'old/README': '' })).toEqual([]);
  });

  it('only warns in a comment, and of a path that may be of another machine', () => {
    expect(lines({ 'a.sh': '# old/prom/p.yml\nrsync x /srv/repo/old/prom/p.yml\n' })).toEqual([
      'warning a.sh:1',
      'warning a.sh:2',
    ]);
  });

  it('says where the content went', () => {
    const [first, second] = found({ 'a.sh': 'cat old/prom/p.yml\ncat old/prom/q.yml\n' });
    expect(first?.hint).toBe('Write "new/p.yml"');
    expect(second?.facts).toMatchObject({ path: 'old/prom/q.yml', movedTo: null });
  });

  it('is silent where nothing was taken away, or the path is there again', () => {
    expect(found({ 'a.sh': 'cat old/prom/p.yml\n' }, [])).toEqual([]);
    expect(found({ 'a.sh': 'cat old/prom/p.yml\n', 'old/prom/p.yml': '' })).toEqual([]);
  });
});
