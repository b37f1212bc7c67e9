import { join } from 'node:path';
import { blobIdOf } from '../gate/tree-hash.ts';
import type { Tree } from '../model/tree.ts';
import { objectFormat } from './git.ts';
import type { Home } from './home.ts';
import type { Outside } from './outside.ts';
import { packOf } from './pack.ts';

/**
 * Writes a candidate into the object store and gives its tree id. An index of its own starts from the base, so that what
 * a Tree does not hold (submodules) stays, and only files that differ are written.
 */
export function writeTree(home: Home, base: string, candidate: Tree, { git, files, step }: Outside): string {
  const { repo, own } = home;
  files.mkdirSync(own, { recursive: true });
  const environment = { GIT_INDEX_FILE: join(own, 'candidate-index') };
  git(repo, ['read-tree', base], { environment });
  const known = entriesOf(git(repo, ['ls-files', '--stage', '-z'], { environment }));
  const gone = [...known].filter(([path, entry]) => entry.mode !== '160000' && !candidate.files.has(path));
  const removals = gone.map(([path, entry]) => `0 ${'0'.repeat(entry.id.length)}\t${path}\0`);
  const format = objectFormat(repo, git);
  const fresh: Uint8Array[] = [];
  const puts = [...candidate.files.values()].flatMap((file) => {
    const id = blobIdOf(file.bytes, format);
    const entry = known.get(file.path);
    if (entry?.id === id && entry.mode === file.mode) return [];
    if (entry?.id !== id) fresh.push(file.bytes);
    return [`${file.mode} ${id}\t${file.path}\0`];
  });
  // The bytes as they are, in one go: no filter or line end of the repository changes them on this way.
  if (fresh.length > 0) git(repo, ['unpack-objects', '-q'], { input: packOf(fresh, format) });
  git(repo, ['update-index', '-z', '--index-info'], { environment, input: [...removals, ...puts].join('') });
  const tree = git(repo, ['write-tree'], { environment });
  step('objects');
  return tree;
}

function entriesOf(listing: string): Map<string, { mode: string; id: string }> {
  const entries = new Map<string, { mode: string; id: string }>();
  for (const line of listing.split('\0').filter(Boolean)) {
    const [, mode = '', id = '', path = ''] = /^(\d+) ([0-9a-f]+) \d\t(.*)$/s.exec(line) ?? [];
    entries.set(path, { mode, id });
  }
  return entries;
}
