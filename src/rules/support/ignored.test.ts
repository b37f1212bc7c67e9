import { describe, expect, it } from 'vitest';
import { treeOf } from '../../model/tree.ts';
import { isIgnored } from './ignored.ts';

const ignored = (patterns: string, path: string, folder = false): boolean =>
  isIgnored(treeOf({ '.gitignore': patterns }), path, folder);

describe('isIgnored', () => {
  it.each([
    ['.env', '.env'],
    ['.env', 'ops/.env'],
    ['*.key', 'ops/tls/server.key'],
    ['secrets/', 'ops/secrets/password'],
    ['ops/secrets/', 'ops/secrets/deep/password'],
    ['/data', 'data/x'],
    ['ops/**/x', 'ops/a/b/x'],
    ['ops/**', 'ops/a/b'],
    ['**/logs', 'a/b/logs/x'],
    ['file?.txt', 'file1.txt'],
    ['[ab].txt', 'a.txt'],
    ['[!c].txt', 'a.txt'],
    ['a.b', 'a.b'],
    ['!keep\n*.log', 'x.log'],
    ['\\#x', '#x'],
    ['trailing  ', 'trailing'],
  ])('%j ignores %s', (patterns, path) => expect(ignored(patterns, path)).toBe(true));

  it.each([
    ['# .env', '.env'],
    ['data/', 'data'],
    ['/data', 'ops/data'],
    ['ops/x', 'a/ops/x'],
    ['*.log', 'a.logs'],
    ['a.b', 'axb'],
    ['*.log\n!keep.log', 'keep.log'],
    ['*', undefined],
    ['[', 'x'],
  ])('%j does not ignore %s', (patterns, path) =>
    expect(path === undefined ? isIgnored(treeOf({}), 'x') : ignored(patterns, path)).toBe(false),
  );

  it('takes a folder for one where it is told so', () => expect(ignored('data/', 'data', true)).toBe(true));

  it('reads a file of patterns in each folder', () => {
    const tree = treeOf({ '.gitignore': '*.yml\n', 'ops/.gitignore': '!a.yml\n/b\n' });
    expect(['ops/a.yml', 'a.yml', 'ops/b', 'b'].map((path) => isIgnored(tree, path))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
