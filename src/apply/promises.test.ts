import { cpSync, lstatSync, mkdtempSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { treeIdOf } from '../gate/tree-hash.ts';
import { changeTree, type FileMode, type Tree, type TreeFile } from '../model/tree.ts';
import { readCommit } from '../read/commit.ts';
import { rollback } from './rollback.ts';
import { attempt, inGit, receiptOf, repositoryOf } from './testing.ts';

/** How many random repositories: `STACKPROOF_APPLY_CASES` asks for more. */
const numRuns = Number(process.env['STACKPROOF_APPLY_CASES'] ?? 6);

const name = fc.constantFrom('a', 'B', 'ü', 'two words', '.hidden', 'new\nline', '-dash', 'q"uote');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
const bytes = fc.oneof(
  fc.constantFrom('', 'text\n', 'crlf\r\n', 'no end').map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 40 }).map((some) => Buffer.from(some)),
);
const file = fc.oneof(
  fc.record({ mode: fc.constantFrom<FileMode>('100644', '100755'), bytes }),
  fc.record({ mode: fc.constant<FileMode>('120000'), bytes: name.map((target) => Buffer.from(target)) }),
);
const entries = fc.array(fc.tuple(path, file), { maxLength: 6 });

/** Files that can lie in one tree: none is where another needs a folder. */
function treeOfEntries(list: readonly (readonly [string, Omit<TreeFile, 'path'>])[]): Tree {
  const files = new Map<string, TreeFile>();
  for (const [at, entry] of list) {
    const clash = [...files.keys()].some((other) => other.startsWith(`${at}/`) || at.startsWith(`${other}/`));
    if (!clash) files.set(at, { path: at, ...entry });
  }
  files.set('compose.yml', { path: 'compose.yml', mode: '100644', bytes: Buffer.from('services: {}\n') });
  return { origin: 'random', files };
}

/** What lies in a work tree, as a Tree's id. */
function idOnDisk(repo: string, tree: Tree): string {
  const put = [...tree.files.keys()].map((at): TreeFile => {
    const full = join(repo, at);
    const stat = lstatSync(full);
    if (stat.isSymbolicLink()) return { path: at, mode: '120000', bytes: readlinkSync(full, 'buffer') };
    return { path: at, mode: (stat.mode & 0o100) === 0 ? '100644' : '100755', bytes: readFileSync(full) };
  });
  return treeIdOf(changeTree({ origin: 'disk', files: new Map() }, { put }));
}

describe('apply and rollback on a random repository', () => {
  it('give the proved tree, the same every time, and the base again', { timeout: 3_600_000 }, () => {
    vi.stubEnv('GIT_AUTHOR_DATE', '2026-01-02T03:04:05Z');
    vi.stubEnv('GIT_COMMITTER_DATE', '2026-01-02T03:04:05Z');
    let moved = 0;
    fc.assert(
      fc.property(entries, entries, fc.constantFrom('main', 'feature/test'), (before, after, branch) => {
        const base = treeOfEntries(before);
        const repo = repositoryOf(base);
        expect(treeIdOf(readCommit(repo, 'HEAD'))).toBe(treeIdOf(base));
        const candidate = treeOfEntries(after);
        if (treeIdOf(candidate) === treeIdOf(base)) return;
        const given = { repo, candidate, receipt: receiptOf(repo, candidate) };
        const twin = join(mkdtempSync(join(tmpdir(), 'stackproof-twin-')), 'repo');
        cpSync(repo, twin, { recursive: true, verbatimSymlinks: true });
        const applied = attempt({ branch }, given);
        expect(applied).toMatchObject({ already: false });
        expect(attempt({ branch }, { ...given, repo: twin })).toMatchObject({
          commit: 'commit' in applied && applied.commit,
        });
        expect(inGit(repo, 'rev-parse', `${branch}^{tree}`)).toBe(treeIdOf(candidate));
        const now = branch === 'main' ? candidate : base;
        expect(idOnDisk(repo, now)).toBe(treeIdOf(now));
        const refs = inGit(repo, 'for-each-ref');
        expect(attempt({ branch }, given)).toEqual({ ...applied, already: true });
        expect([inGit(repo, 'for-each-ref'), inGit(repo, 'status', '--porcelain')]).toEqual([refs, '']);
        expect(rollback(repo)).toMatchObject({ tree: treeIdOf(base) });
        expect(inGit(repo, 'rev-parse', `${branch}^{tree}`)).toBe(treeIdOf(base));
        expect([idOnDisk(repo, base), inGit(repo, 'status', '--porcelain')]).toEqual([treeIdOf(base), '']);
        moved += 1;
      }),
      { numRuns },
    );
    vi.unstubAllEnvs();
    expect(moved).toBeGreaterThan(numRuns / 2);
  });
});
