import { dirname, join } from 'node:path';
import type { PathChange, Side } from './changes.ts';
import { tryGit } from './git.ts';
import type { Home } from './home.ts';
import type { Outside } from './outside.ts';

/** How the files of a work tree stand to a change: which still have to follow, and which are somebody's own. */
export interface Standing {
  readonly todo: readonly PathChange[];
  /** What must not be touched, each with why. */
  readonly inTheWay: readonly string[];
}

/**
 * Compares a work tree with both sides of a change, path by path. A path that is as before has to follow; one that is as
 * after has followed already; anything else is in the way. Git compares, as `git status` would: line ends and filters
 * count as they do there.
 */
export function standingOf(home: Home, workTree: string, changes: readonly PathChange[], outside: Outside): Standing {
  const unlikeBefore = unlike(home, workTree, changes, 'before', outside);
  const unlikeAfter = unlike(home, workTree, changes, 'after', outside);
  const leaving = new Set(changes.filter(({ before }) => before !== null).map(({ path }) => path));
  const kindOf = lookerOf(workTree, outside);
  const todo: PathChange[] = [];
  const inTheWay: string[] = [];
  for (const change of changes) {
    const { path, before, after } = change;
    const kind = kindOf(path);
    const gone = kind === 'absent' || (kind === 'folder' && after === null);
    if (after === null ? gone : kind !== 'absent' && !unlikeAfter.has(path)) continue;
    const asBefore = before === null ? kind !== 'file' : kind !== 'absent' && !unlikeBefore.has(path);
    const why = asBefore ? obstacle(workTree, change, leaving, kindOf, outside) : whyOwn(before, kind);
    if (why === undefined) todo.push(change);
    else inTheWay.push(`"${path}" ${why}`);
  }
  return { todo, inTheWay };
}

function whyOwn(before: Side | null, kind: Kind): string {
  if (before === null) return 'is there already and is not tracked';
  return kind === 'absent' ? 'was deleted' : 'has changes that are not committed';
}

/** The paths whose files are not as one side says. */
function unlike(
  { own }: Home,
  workTree: string,
  changes: readonly PathChange[],
  side: 'before' | 'after',
  { git, files }: Outside,
): Set<string> {
  files.mkdirSync(own, { recursive: true });
  const environment = { GIT_INDEX_FILE: join(own, `${side}-index`) };
  files.rmSync(environment.GIT_INDEX_FILE, { force: true });
  const lines = changes.flatMap(({ path, [side]: entry }) =>
    entry === null ? [] : [`${entry.mode} ${entry.id}\t${path}\0`],
  );
  git(workTree, ['update-index', '-z', '--index-info'], { environment, input: lines.join('') });
  // It answers no (1) where a file is not as the index says, which is what is asked next.
  tryGit(workTree, ['update-index', '-q', '--refresh'], (folder, args) => git(folder, args, { environment }));
  const listed = git(workTree, ['diff-files', '--name-only', '-z'], { environment });
  return new Set(listed.split('\0').filter(Boolean));
}

type Kind = 'absent' | 'file' | 'folder';

/** Looks at each path of a work tree once, and through no link: what lies behind one is not of this tree. */
function lookerOf(workTree: string, { files }: Outside): (path: string) => Kind {
  const known = new Map<string, Kind>([['.', 'folder']]);
  const kindOf = (path: string): Kind => {
    const seen = known.get(path);
    if (seen !== undefined) return seen;
    const stat =
      kindOf(dirname(path)) === 'folder' ? files.lstatSync(join(workTree, path), { throwIfNoEntry: false }) : undefined;
    const kind = stat === undefined ? 'absent' : stat.isDirectory() ? 'folder' : 'file';
    known.set(path, kind);
    return kind;
  };
  return kindOf;
}

/** What keeps a file from its place: a file or link where a folder must be, or a folder that does not go. */
function obstacle(
  workTree: string,
  { path, after }: PathChange,
  leaving: ReadonlySet<string>,
  kindOf: (path: string) => Kind,
  outside: Outside,
): string | undefined {
  for (let above = dirname(path); above !== '.'; above = dirname(above)) {
    if (kindOf(above) === 'file' && !leaving.has(above)) return `has "${above}" in its way, which is no folder`;
  }
  if (after === null || kindOf(path) !== 'folder') return undefined;
  const staying = filesBelow(workTree, path, outside).find((file) => !leaving.has(file));
  return staying === undefined ? undefined : `has a folder in its place, with "${staying}"`;
}

function filesBelow(workTree: string, folder: string, outside: Outside): string[] {
  return outside.files.readdirSync(join(workTree, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(workTree, path, outside) : [path];
  });
}
