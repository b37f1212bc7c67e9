import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeTreeTo } from '../commands/folder.ts';
import { type FileMode, type Tree, type TreeFile, treeOf } from '../model/tree.ts';
import { patchOf } from './patch.ts';
import { contentOf } from './testing.ts';

function contentOnDisk(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  const seen = files.map((entry): [string, string] => {
    const full = join(entry.parentPath, entry.name);
    const stat = lstatSync(full);
    const mode = stat.isSymbolicLink() ? '120000' : (stat.mode & 0o100) === 0 ? '100644' : '100755';
    const bytes = mode === '120000' ? readlinkSync(full, 'buffer') : readFileSync(full);
    return [full.slice(folder.length + 1), `${mode} ${bytes.toString('latin1')}`];
  });
  return Object.fromEntries(seen.sort());
}

/** Applies the patch with git to the base and gives what then lies on disk. */
function applied(base: Tree, candidate: Tree): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-patch-'));
  try {
    writeTreeTo(base, folder);
    const patch = patchOf(base, candidate);
    const git = (...args: string[]): unknown =>
      execFileSync('git', ['-c', 'core.fileMode=true', 'apply', '--whitespace=nowarn', ...args, '-'], {
        cwd: folder,
        input: patch,
        stdio: ['pipe', 'pipe', 'pipe'],
        env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(folder) },
      });
    if (patch !== '') {
      git('--check');
      git();
    }
    return contentOnDisk(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function treeWith(files: readonly TreeFile[]): Tree {
  return { origin: 'memory', files: new Map(files.map((file) => [file.path, file])) };
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('patchOf', () => {
  const long = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n');
  const cases: readonly [string, Tree, Tree][] = [
    ['nothing', treeOf({ a: '1\n' }), treeOf({ a: '1\n' })],
    ['an edit', treeOf({ a: `${long}\n` }), treeOf({ a: `${long.replace('line 20', 'other')}\nmore\n` })],
    ['a new file', treeOf({}), treeOf({ 'b/c d.txt': 'x\ny\n' })],
    ['a new empty file', treeOf({}), treeOf({ 'b/c': '' })],
    ['a deleted file', treeOf({ a: 'x\n', b: '1' }), treeOf({ b: '1' })],
    ['a deleted empty file', treeOf({ a: '', b: '1' }), treeOf({ b: '1' })],
    ['a file that is emptied', treeOf({ a: 'x\n' }), treeOf({ a: '' })],
    ['no line end before', treeOf({ a: 'x' }), treeOf({ a: 'x\n' })],
    ['no line end after', treeOf({ a: 'x\ny\n' }), treeOf({ a: 'x\nz' })],
    ['a mode', treeOf({ a: 'x\n' }), treeOf({ a: { text: 'x\n', mode: '100755' } })],
    ['a mode and an edit', treeOf({ a: { text: 'x\n', mode: '100755' } }), treeOf({ a: 'y\n' })],
    ['a move', treeOf({ 'old/a': long }), treeOf({ 'new/b': long })],
    ['a move with an edit', treeOf({ 'old/a': `${long}\n` }), treeOf({ 'new/a': `${long}\nmore\n` })],
    ['a swap with a deletion', treeOf({ a: long, b: 'b' }), treeOf({ b: long })],
    ['a link', treeOf({ l: { text: 'a', mode: '120000' } }), treeOf({ l: { text: 'b/c', mode: '120000' } })],
    ['a file that becomes a link', treeOf({ l: 'text\n' }), treeOf({ l: { text: 'b', mode: '120000' } })],
    ['a link that becomes a file', treeOf({ l: { text: 'b', mode: '120000' } }), treeOf({ l: 'text\n' })],
    ['CRLF', treeOf({ a: 'x\r\ny\r\n' }), treeOf({ a: 'x\r\nz\r\ny\r\n' })],
    ['a byte order mark', treeOf({ a: '\uFEFFx\n' }), treeOf({ a: '\uFEFFy\n' })],
    ['names beyond ASCII', treeOf({ 'ä/ö.txt': 'x\n' }), treeOf({ 'ä/ö.txt': 'y\n', 'ü "q".txt': 'z\n' })],
    ['text that looks like a patch', treeOf({ a: '-- a\n++ b\n@@\n' }), treeOf({ a: '-- b\n++ b\n\\ No\n' })],
  ];
  it.for(cases)('gives git a patch of %s', ([, base, candidate], { expect }) => {
    expect(applied(base, candidate)).toEqual(contentOf(candidate));
  });

  it('gives git a binary patch of bytes that are no text', () => {
    const noise = Uint8Array.from({ length: 5000 }, (_, index) => (index * index * 31) % 256);
    const base = treeWith([
      { path: 'a.bin', mode: '100644', bytes: noise },
      { path: 'b.bin', mode: '100644', bytes: noise.slice(7) },
      { path: 'latin.txt', mode: '100644', bytes: Uint8Array.of(0x66, 0xfc, 0x72, 0x0a) },
    ]);
    const candidate = treeWith([
      { path: 'a.bin', mode: '100644', bytes: noise.map((byte) => 255 - byte) },
      { path: 'c.bin', mode: '100755', bytes: noise.slice(0, 53) },
      { path: 'latin.txt', mode: '100644', bytes: Uint8Array.of(0x66, 0xfc, 0x0a) },
    ]);
    expect(applied(base, candidate)).toEqual(contentOf(candidate));
  });

  it('is taken by git for any two trees', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '', '+x', '-y', '\\ No newline', 'é'), { maxLength: 12 });
    const bytes = fc.oneof(
      {
        weight: 4,
        arbitrary: fc
          .tuple(text, fc.constantFrom('\n', '\r\n'), fc.boolean())
          .map(([lines, end, closed]) => bytesOf(lines.join(end) + (closed ? end : ''))),
      },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 120 }) },
    );
    const mode = fc.constantFrom<FileMode>('100644', '100755');
    const path = fc.constantFrom('a', 'b c', 'd/e', 'd/f.yml', 'g/h/i', 'ü/"q"', 'j\\k');
    const tree = fc
      .uniqueArray(fc.record({ path, mode, bytes }), { selector: (file) => file.path, maxLength: 7 })
      .map(treeWith);
    fc.assert(
      fc.property(tree, tree, (base, candidate) => {
        expect(applied(base, candidate)).toEqual(contentOf(candidate));
      }),
      { numRuns: 200 },
    );
  });
});
