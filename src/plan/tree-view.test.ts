import { describe, expect, it } from 'vitest';
import { treeOf } from '../model/tree.ts';
import { treeView } from './tree-view.ts';

describe('treeView', () => {
  it('shows every kind of change with its folder and counts them', () => {
    const kept = 'one\ntwo\nthree\nfour\n';
    const base = treeOf({ 'a/old/x.yml': kept, 'a/old/y.yml': 'y\n', 'b/c/edit.txt': '1\n2\n', run: '#!\n', same: '' });
    const candidate = treeOf({
      'a/new/x.yml': `${kept}five\n`,
      'b/c/edit.txt': '1\n3\n4\n',
      'b/c/new.sh': { text: '#!/bin/sh\n', mode: '100755' },
      run: { text: '#!\n', mode: '100755' },
      same: '',
    });
    expect(treeView(base, candidate)).toBe(
      [
        'a/',
        '  new/',
        '    > x.yml  (from a/old/x.yml, +1 -0)',
        '  old/',
        '    - y.yml',
        'b/c/',
        '  ~ edit.txt  (+2 -1)',
        '  + new.sh  (executable)',
        '~ run  (mode 100644 to 100755)',
        '',
        '1 added, 2 edited, 1 deleted, 1 moved',
        '',
      ].join('\n'),
    );
  });

  it('says so where nothing changes', () => {
    expect(treeView(treeOf({ a: 'x' }), treeOf({ a: 'x' }))).toBe('nothing changes\n');
  });
});
