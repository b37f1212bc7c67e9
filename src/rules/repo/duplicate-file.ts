import type { FindingDraft } from '../../model/finding.ts';
import type { Repository } from '../../model/repository.ts';
import { pathsUnder, type TreeFile } from '../../model/tree.ts';
import { baseOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { gather } from '../support/gather.ts';
import { lineText, stackFiles } from '../support/stack-files.ts';

const configuration = /\.(?:ya?ml|json|ini|conf|cfg|toml|rules|tmpl)$/;
const smallest = 200;

/** Two copies of one configuration: the next change goes into one of them, and the other one is the one that is read. */
export const duplicateFile = defineRule({
  id: 'repo/duplicate-file',
  severity: 'warning',
  over: 'repository',
  claim: 'No configuration of a stack is kept twice.',
  check: (repository) => {
    const read = readPaths(repository);
    const groups = new Map<string, string[]>();
    for (const path of stackFiles(repository)) {
      const file = repository.tree.files.get(path);
      if (file === undefined || file.mode === '120000' || !configuration.test(path) || file.bytes.length < smallest)
        continue;
      const key = baseOf(path);
      gather(groups, key, path);
    }
    return [...groups.values()].flatMap((paths) => (paths.length > 6 ? [] : pairsOf(repository, paths, read)));
  },
});

function pairsOf(repository: Repository, paths: readonly string[], read: ReadonlySet<string>): FindingDraft[] {
  const { files } = repository.tree;
  return paths.slice(1).flatMap((path, index): FindingDraft[] => {
    const mine = files.get(path);
    const earlier = paths.slice(0, index + 1);
    const same = earlier.find((other) => isSame(files.get(other), mine));
    const near = same ?? earlier.find((other) => isAlike(lineText(repository, other), lineText(repository, path)));
    if (near === undefined) return [];
    const idle = [near, path].filter((one) => !read.has(one));
    const facts = { file: path, other: near, same: same !== undefined };
    const related = [{ at: { file: near }, note: 'the other one' }];
    const what = same === undefined ? 'is nearly' : 'is';
    const follows =
      idle.length === 0
        ? 'both are read, so a change has to be made twice'
        : `no service reads "${idle[0]}", so a change of it does nothing`;
    return [
      {
        at: { file: path },
        // Two hosts may well have nearly the same file each.
        ...(same === undefined && idle.length === 0 ? { severity: 'info' as const } : {}),
        message: `"${path}" ${what} the same as "${near}", and ${follows}`,
        related,
        hint: 'Keep one of them, and let the other place name it',
        facts,
      },
    ];
  });
}

/** What a service mounts, and the compose files themselves. */
function readPaths({ tree, stacks }: Repository): Set<string> {
  const mounted = stacks.flatMap(({ services }) =>
    services.flatMap(({ mounts }) => mounts.flatMap(({ repoPath }) => repoPath ?? [])),
  );
  const files = mounted.flatMap((path) => (path === '.' || tree.files.has(path) ? [path] : pathsUnder(tree, path)));
  return new Set([...files, ...stacks.map(({ composeFile }) => composeFile)]);
}

function isSame(a: TreeFile | undefined, b: TreeFile | undefined): boolean {
  if (a === undefined || b === undefined || a.bytes.length !== b.bytes.length) return false;
  return Buffer.compare(a.bytes, b.bytes) === 0;
}

/** Whether most lines of one text stand in the other. */
function isAlike(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const lines = (text: string): string[] =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.length > 3);
  const [mine, theirs] = [lines(a), lines(b)];
  const known = new Set(theirs);
  const common = mine.filter((line) => known.has(line)).length;
  return mine.length > 8 && common > 0.7 * Math.max(mine.length, theirs.length);
}
