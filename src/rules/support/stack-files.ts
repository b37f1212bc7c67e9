import type { Repository } from '../../model/repository.ts';
import { pathsUnder, textAt } from '../../model/tree.ts';
import { folderOf } from '../../read/paths.ts';

/** Above this a file is data, and not read line by line. */
const largest = 1_048_576;
const known = new WeakMap<Repository, readonly string[]>();

/**
 * Files of the stacks: beside and below their compose files, what they mount, and the pipeline. A compose file at the root
 * does not make the whole repository a stack.
 */
export function stackFiles(repository: Repository): readonly string[] {
  const before = known.get(repository);
  if (before !== undefined) return before;
  const { tree, stacks, ci } = repository;
  const folders = stacks.map((stack) => folderOf(stack.composeFile));
  const mounted = stacks.flatMap((stack) =>
    stack.services.flatMap((service) => service.mounts.flatMap((mount) => mount.repoPath ?? [])),
  );
  const paths = [
    ...[...new Set(folders)].flatMap((folder) =>
      folder === '' ? [...tree.files.keys()].filter((path) => !path.includes('/')) : pathsUnder(tree, folder),
    ),
    ...[...new Set(mounted)].flatMap((path) =>
      path === '.' ? [] : tree.files.has(path) ? [path] : pathsUnder(tree, path),
    ),
    ...ci.map((file) => file.file),
  ];
  const made = [...new Set(paths)].sort();
  known.set(repository, made);
  return made;
}

/** The text of a file that is read line by line; undefined for one that is no text, or too large. */
export function lineText({ tree }: Pick<Repository, 'tree'>, path: string): string | undefined {
  const file = tree.files.get(path);
  return file === undefined || file.bytes.length > largest ? undefined : textAt(tree, path);
}
