import type { Outside } from './outside.ts';

/** One side of a change: git's mode and object id. */
export interface Side {
  readonly mode: string;
  readonly id: string;
}

/** A path that two trees differ in; null where it is not in one of them. */
export interface PathChange {
  readonly path: string;
  readonly before: Side | null;
  readonly after: Side | null;
}

/** What two trees differ in, path by path (https://git-scm.com/docs/git-diff-tree#_raw_output_format). */
export function changedPaths(repo: string, from: string, to: string, { git }: Outside): PathChange[] {
  const fields = git(repo, ['diff-tree', '-r', '-z', '--no-renames', '--full-index', from, to]).split('\0');
  const changes: PathChange[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [mode = '', modeAfter = '', id = '', idAfter = ''] = (fields[at] ?? '').slice(1).split(' ');
    changes.push({ path: fields[at + 1] ?? '', before: sideOf(mode, id), after: sideOf(modeAfter, idAfter) });
  }
  return changes;
}

function sideOf(mode: string, id: string): Side | null {
  return mode === '000000' ? null : { mode, id };
}
