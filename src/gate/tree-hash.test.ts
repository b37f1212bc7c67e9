import { describe, expect, it } from 'vitest';
import { inGit, repositoryWith } from '../apply/testing.ts';
import { readCommit } from '../read/commit.ts';
import { treeIdOf } from './tree-hash.ts';

describe('treeIdOf', () => {
  it('is the id git gives', () => {
    const repo = repositoryWith({ 'a.txt': 'a', 'a/b.txt': 'b', 'a-b/c': 'c', 'a.b/d': '', 'ü/e f': 'e\r\n' });
    expect(treeIdOf(readCommit(repo, 'HEAD'))).toBe(inGit(repo, 'rev-parse', 'HEAD^{tree}'));
  });
});
