import { describe, expect, it } from 'vitest';
import type { LoadedPlan, Preview, Step } from '../model/plan.ts';
import { type Tree, textAt, treeOf } from '../model/tree.ts';
import { preview } from './preview.ts';

const encoder = new TextEncoder();

function loadedWith(...steps: Step[]): LoadedPlan {
  return {
    plan: { version: 1, name: 'test', branch: 'test', stack: 'compose.yml', steps },
    file: 'plan.yaml',
    files: new Map([['new.txt', encoder.encode('new\n')]]),
    digest: 'd',
    places: steps.map((_, index) => ({ line: 10 + index, column: 5, edits: [] })),
  };
}

function twice(tree: Tree, ...steps: Step[]): Preview & { readonly candidate: Tree } {
  const first = preview(loadedWith(...steps), tree);
  expect(first.faults).toEqual([]);
  if (first.candidate === undefined) throw new Error('no candidate');
  const second = preview(loadedWith(...steps), first.candidate);
  expect(second.faults).toEqual([]);
  expect(second.candidate).toBe(first.candidate);
  expect(new Set(second.effects.map((effect) => effect.note))).toEqual(new Set(['already done']));
  return { ...first, candidate: first.candidate };
}

function refusal(tree: Tree, ...steps: Step[]): string[] {
  const { candidate, faults } = preview(loadedWith(...steps), tree);
  expect(candidate).toBeUndefined();
  return faults.map((fault) => `${fault.line}: ${fault.message}`);
}

const tree = treeOf({
  'old/a.yml': 'k: 1 # one\n',
  'old/deep/run.sh': { text: '#!/bin/sh\n', mode: '100755' },
  'old/unused.txt': 'x\n',
  'README.md': 'See old/a.yml, old/deep and `deep/`.\nNot old/a.yml.bak.\n',
  link: { text: 'README.md', mode: '120000' },
  'blob.bin': 'old/a.yml\0',
});

describe('preview', () => {
  it('carries out a whole plan, once', () => {
    const { candidate, removed, leftovers, effects } = twice(
      tree,
      { step: 'move', from: 'old/a.yml', to: 'new/a.yml' },
      { step: 'edit-yaml', path: 'new/a.yml', edits: [{ op: 'set', pointer: ['k'], value: 2, expect: 1 }] },
      { step: 'copy', from: 'old/deep', to: 'new/deep' },
      { step: 'create', path: 'new/n.txt', file: 'new.txt', executable: true },
      { step: 'edit-text', path: 'new/n.txt', edits: [{ from: 'new', with: 'newer\n' }] },
      { step: 'delete', path: 'old', losing: ['unused.txt'] },
      { step: 'rewrite-references', from: 'old/a.yml', to: 'new/a.yml' },
    );
    expect([...candidate.files.keys()].sort()).toEqual([
      'README.md',
      'blob.bin',
      'link',
      'new/a.yml',
      'new/deep/run.sh',
      'new/n.txt',
    ]);
    expect(textAt(candidate, 'new/a.yml')).toBe('k: 2 # one\n');
    expect(candidate.files.get('new/deep/run.sh')?.mode).toBe('100755');
    expect(candidate.files.get('new/n.txt')?.mode).toBe('100755');
    expect(textAt(candidate, 'README.md')).toBe('See new/a.yml, old/deep and `deep/`.\nNot old/a.yml.bak.\n');
    expect(candidate.files.get('blob.bin')?.bytes).toEqual(tree.files.get('blob.bin')?.bytes);
    expect(removed).toEqual([
      { path: 'old' },
      { path: 'old/a.yml', movedTo: 'new/a.yml' },
      { path: 'old/deep', movedTo: 'new/deep' },
      { path: 'old/deep/run.sh', movedTo: 'new/deep/run.sh' },
      { path: 'old/unused.txt' },
    ]);
    expect(leftovers.map(({ file, line }) => `${file}:${line}`)).toEqual(['README.md:1', 'README.md:2']);
    expect(effects.at(-1)).toMatchObject({ changed: ['README.md'], note: '1 mention' });
  });

  it('follows what is edited or moved and then taken further', () => {
    twice(
      tree,
      { step: 'edit-text', path: 'old/a.yml', edits: [{ from: 'k: 1 # one', with: 'k: 2\n' }] },
      { step: 'move', from: 'old/a.yml', to: 'mid/a.yml' },
      { step: 'move', from: 'mid', to: 'end' },
    );
    const flat = twice(tree, { step: 'move', from: 'old/deep', to: 'old' });
    expect(flat.candidate.files.has('old/run.sh')).toBe(true);
  });

  it('refuses a step that finds nothing to do, while the others do something', () => {
    expect(refusal(tree, { step: 'delete', path: 'old/unused.txt' }, { step: 'delete', path: 'old/typo.txt' })).toEqual(
      ['11: step 2: there is no "old/typo.txt"'],
    );
  });

  it('refuses a plan that would change its own candidate', () => {
    const steps: Step[] = [
      { step: 'move', from: 'old/a.yml', to: 'b.yml' },
      { step: 'move', from: 'README.md', to: 'old/a.yml' },
    ];
    expect(refusal(tree, ...steps)[0]).toContain('the plan cannot be repeated');
  });

  it('blames a failed step once', () => {
    const steps: Step[] = [
      { step: 'move', from: 'old/typo.yml', to: 'new/a.yml' },
      { step: 'edit-yaml', path: 'new/a.yml', edits: [{ op: 'set', pointer: ['k'], value: 2 }] },
    ];
    expect(refusal(tree, ...steps)).toEqual(['10: step 1: there is no "old/typo.yml"']);
  });

  it('says where contents differ, and that a file lies in the way', () => {
    expect(refusal(tree, { step: 'copy', from: 'old/unused.txt', to: 'README.md' })).toEqual([
      '10: step 1: "README.md" is there already with other content (from line 1 on)',
    ]);
    expect(refusal(tree, { step: 'create', path: 'README.md/x', file: 'new.txt' })).toEqual([
      '10: step 1: "README.md/x" would lie below the file "README.md"',
    ]);
    expect(refusal(tree, { step: 'create', path: 'old', file: 'new.txt' })).toEqual([
      '10: step 1: "old" would be a file, and there is a folder of that name',
    ]);
    const out = treeOf({ 'a/link': { text: '../x', mode: '120000' } });
    expect(refusal(out, { step: 'move', from: 'a/link', to: 'link' })).toEqual([
      '10: step 1: the symbolic link "link" would point out of the repository, to "../x"',
    ]);
  });
});
