import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { tarOf } from './tar.ts';

it('is an archive that tar reads', () => {
  const archive = tarOf(
    new Map([
      ['a.txt', 'one\n'],
      ['b/c.txt', 'ü'.repeat(600)],
      ['empty', ''],
    ]),
  );
  const listed = execFileSync('tar', ['-tvf', '-'], { input: archive, encoding: 'utf8' });
  expect(listed.match(/^-rw-r--r-- .*$/gm)).toHaveLength(3);
  expect(execFileSync('tar', ['-xOf', '-', 'b/c.txt'], { input: archive, encoding: 'utf8' })).toBe('ü'.repeat(600));
});
